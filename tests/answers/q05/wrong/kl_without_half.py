"""The half is forgotten."""

from keras import ops

FAULT = "twice as much"


def kl_divergence(mean, log_var):
    terms = ops.square(mean) + ops.exp(log_var) - log_var - 1
    return ops.sum(terms, axis=-1)
