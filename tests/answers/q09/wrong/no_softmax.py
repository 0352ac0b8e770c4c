"""Mixes the values by the scores themselves."""

from keras import ops

FAULT = "without softmax"


def scaled_dot_product_attention(query, key, value, mask=None):
    weights = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        weights = ops.where(mask, weights, 0.0)
    return ops.matmul(weights, value), weights
