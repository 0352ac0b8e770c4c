"""Minus infinity times the mask: 0 times infinity isn't a number."""

from keras import ops

FAULT = "0 times infinity"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores += (1 - ops.cast(mask, scores.dtype)) * float("-inf")
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
