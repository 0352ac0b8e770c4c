"""Products of vectors as they come."""

from keras import ops

FAULT = "as long as they came"


def info_nce(left, right, temperature=0.1):
    scores = ops.matmul(left, ops.transpose(right)) / temperature
    own = ops.diagonal(scores)
    rows, columns = (ops.logsumexp(scores, axis=a) for a in (1, 0))
    return ops.mean((rows + columns) / 2 - own)
