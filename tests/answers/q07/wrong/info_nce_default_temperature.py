"""CLIP's first temperature where nobody says which."""

from keras import ops

FAULT = "temperature 0.1"


def info_nce(left, right, temperature=0.07):
    def unit(vectors):
        squared = ops.sum(ops.square(vectors), axis=-1, keepdims=True)
        return vectors / ops.sqrt(ops.maximum(squared, 1e-12))

    scores = ops.matmul(unit(left), ops.transpose(unit(right))) / temperature
    rows, columns = (ops.logsumexp(scores, axis=axis) for axis in (1, 0))
    return ops.mean((rows + columns) / 2 - ops.diagonal(scores))
