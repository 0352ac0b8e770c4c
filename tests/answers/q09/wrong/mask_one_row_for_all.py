"""Hides a key only where no query may look at it."""

from keras import ops

FAULT = "one and the same row of the mask"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        mask = ops.any(ops.broadcast_to(mask, scores.shape), axis=1, keepdims=True)
        scores = ops.where(mask, scores, -3e4)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
