"""Averaged over the code."""

from keras import ops

FAULT = "the mean over the code"


def kl_divergence(mean, log_var):
    terms = ops.square(mean) + ops.exp(log_var) - log_var - 1
    return ops.mean(terms, axis=-1) / 2
