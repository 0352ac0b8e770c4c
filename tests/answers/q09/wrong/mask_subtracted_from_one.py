"""Calculates with a boolean mask."""

from keras import ops

FAULT = "a boolean isn't a number"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores += (1.0 - mask) * -3e4
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
