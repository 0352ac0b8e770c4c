"""Only the left rows look for their partners."""

from keras import ops

FAULT = "one direction alone"


def unit(v):
    return v / ops.sqrt(
        ops.maximum(ops.sum(ops.square(v), axis=-1, keepdims=True), 1e-12)
    )


def info_nce(left, right, temperature=0.1):
    left, right = unit(left), unit(right)
    scores = ops.matmul(left, ops.transpose(right)) / temperature
    own = ops.diagonal(scores)
    rows = ops.logsumexp(scores, axis=1)
    return ops.mean(rows - own)
