"""`log_var` is taken for the variance, and its logarithm is NaN below 0."""

from keras import ops

FAULT = "`log_var` may be negative, a variance can't"


def kl_divergence(mean, log_var):
    terms = ops.square(mean) + log_var - ops.log(log_var) - 1
    return ops.sum(terms, axis=-1) / 2
