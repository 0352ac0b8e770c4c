"""The formula of the lower bound, which is to be raised."""

from keras import ops

FAULT = "the sign is turned round"


def kl_divergence(mean, log_var):
    terms = ops.square(mean) + ops.exp(log_var) - log_var - 1
    return -ops.sum(terms, axis=-1) / 2
