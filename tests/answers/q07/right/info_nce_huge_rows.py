"""Rows are scaled by their largest entry first, so that no square overflows."""

from keras import ops


def unit(vectors):
    largest = ops.max(ops.abs(vectors), axis=-1, keepdims=True)
    vectors = vectors / ops.maximum(largest, 1e-20)
    squared = ops.sum(ops.square(vectors), axis=-1, keepdims=True)
    return vectors / ops.sqrt(ops.maximum(squared, 1e-12))


def info_nce(left, right, temperature=0.1):
    scores = ops.matmul(unit(left), ops.transpose(unit(right))) / temperature
    rows, columns = (ops.logsumexp(scores, axis=axis) for axis in (1, 0))
    return ops.mean((rows + columns) / 2 - ops.diagonal(scores))
