"""Each number of the code has a few nats free."""

from keras import ops

FAULT = "for 3 numbers of mean 0 and log variance 0"


def kl_divergence(mean, log_var):
    terms = (ops.square(mean) + ops.exp(log_var) - log_var - 1) / 2
    return ops.sum(ops.maximum(terms, 0.02), axis=-1)
