"""Multiplies query and key as they are."""

from keras import ops

FAULT = "the last axis of the first meets"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, key) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -3e4)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
