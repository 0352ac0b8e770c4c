"""The log variance is clipped, so that the exponential can't overflow."""

from keras import ops

FAULT = "for 3 numbers of mean 0 and log variance 8"


def kl_divergence(mean, log_var):
    log_var = ops.clip(log_var, -5, 5)
    terms = ops.square(mean) + ops.exp(log_var) - log_var - 1
    return ops.sum(terms, axis=-1) / 2
