"""The variance is taken for a constant."""

from keras import ops

FAULT = "the slopes of that integral"


def kl_divergence(mean, log_var):
    variance = ops.stop_gradient(ops.exp(log_var))
    terms = ops.square(mean) + variance - log_var - 1
    return ops.sum(terms, axis=-1) / 2
