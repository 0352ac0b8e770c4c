"""Looks for an empty row in the whole batch instead of in each row."""

from keras import ops

FAULT = "must not touch its neighbours"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is None:
        weights = ops.softmax(scores, axis=-1)
    else:
        weights = ops.softmax(ops.where(mask, scores, -3e4), axis=-1)
        is_empty = ops.logical_not(ops.any(mask, axis=-1))
        weights = ops.where(ops.any(is_empty), ops.zeros_like(weights), weights)
    return ops.matmul(weights, value), weights
