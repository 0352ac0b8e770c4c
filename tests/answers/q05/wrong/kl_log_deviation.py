"""The second output is read as the logarithm of the deviation."""

from keras import ops

FAULT = "logarithm of the standard deviation"


def kl_divergence(mean, log_var):
    deviation = ops.exp(log_var)
    terms = ops.square(mean) + ops.square(deviation) - 2 * log_var - 1
    return ops.sum(terms, axis=-1) / 2
