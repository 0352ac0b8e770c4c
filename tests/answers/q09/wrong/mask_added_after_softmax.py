"""Adds a large negative number to weights instead of scores."""

from keras import ops

FAULT = "after the softmax"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    weights = ops.softmax(scores, axis=-1)
    if mask is not None:
        weights += (1 - ops.cast(mask, weights.dtype)) * -1e9
    return ops.matmul(weights, value), weights
