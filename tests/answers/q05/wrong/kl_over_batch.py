"""Summed over the code, then averaged over the batch."""

from keras import ops

FAULT = "one for the whole batch"


def kl_divergence(mean, log_var):
    terms = ops.square(mean) + ops.exp(log_var) - log_var - 1
    return ops.mean(ops.sum(terms, axis=-1)) / 2
