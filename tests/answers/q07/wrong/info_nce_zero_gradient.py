"""A row of zeros is mended after the division, for the value alone."""

from keras import ops

FAULT = "with respect to rows of which one"


def unit(v):
    length = ops.sqrt(ops.sum(ops.square(v), axis=-1, keepdims=True))
    return ops.where(length > 0, v / length, 0.0)


def info_nce(left, right, temperature=0.1):
    left, right = unit(left), unit(right)
    scores = ops.matmul(left, ops.transpose(right)) / temperature
    own = ops.diagonal(scores)
    rows, columns = (ops.logsumexp(scores, axis=a) for a in (1, 0))
    return ops.mean((rows + columns) / 2 - own)
