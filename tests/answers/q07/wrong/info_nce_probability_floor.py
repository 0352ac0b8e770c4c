"""A number in the logarithm: a lost pair costs 18 at most, and learns nothing."""

from keras import ops

FAULT = "bounds the loss"


def unit(v):
    return v / ops.sqrt(
        ops.maximum(ops.sum(ops.square(v), axis=-1, keepdims=True), 1e-12)
    )


def info_nce(left, right, temperature=0.1):
    left, right = unit(left), unit(right)
    scores = ops.matmul(left, ops.transpose(right)) / temperature
    rows, columns = (ops.diagonal(ops.softmax(scores, axis=a)) for a in (1, 0))
    return -ops.mean(ops.log(rows + 1e-8) + ops.log(columns + 1e-8)) / 2
