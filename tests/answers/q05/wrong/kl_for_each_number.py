"""Not summed over the code."""

from keras import ops

FAULT = "one for each number of the code"


def kl_divergence(mean, log_var):
    terms = ops.square(mean) + ops.exp(log_var) - log_var - 1
    return terms / 2
