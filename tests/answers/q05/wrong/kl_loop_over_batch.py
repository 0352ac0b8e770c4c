"""A Python loop over the rows: a graph doesn't know how many there are."""

from keras import ops

FAULT = "the size of a batch isn't known"


def kl_divergence(mean, log_var):
    terms = ops.square(mean) + ops.exp(log_var) - log_var - 1
    return ops.stack([ops.sum(terms[i]) / 2 for i in range(mean.shape[0])])
