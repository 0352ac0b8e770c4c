"""The mean isn't squared."""

from keras import ops

FAULT = "compare with the integral"


def kl_divergence(mean, log_var):
    terms = ops.abs(mean) + ops.exp(log_var) - log_var - 1
    return ops.sum(terms, axis=-1) / 2
