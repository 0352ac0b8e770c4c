"""Divides by the root of the number of keys."""

from keras import ops

FAULT = "root of the number of keys"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / key.shape[-2] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -3e4)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
