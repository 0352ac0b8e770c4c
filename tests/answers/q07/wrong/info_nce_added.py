"""Both directions, added up."""

from keras import ops

FAULT = "both directions added up"


def unit(v):
    return v / ops.sqrt(
        ops.maximum(ops.sum(ops.square(v), axis=-1, keepdims=True), 1e-12)
    )


def info_nce(left, right, temperature=0.1):
    left, right = unit(left), unit(right)
    scores = ops.matmul(left, ops.transpose(right)) / temperature
    own = ops.diagonal(scores)
    rows, columns = (ops.logsumexp(scores, axis=a) for a in (1, 0))
    return ops.mean(rows + columns - 2 * own)
