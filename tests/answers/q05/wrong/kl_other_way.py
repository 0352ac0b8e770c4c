"""The divergence of the standard normal from the code's distribution."""

from keras import ops

FAULT = "it isn't symmetric"


def kl_divergence(mean, log_var):
    terms = (1 + ops.square(mean)) / ops.exp(log_var) + log_var - 1
    return ops.sum(terms, axis=-1) / 2
