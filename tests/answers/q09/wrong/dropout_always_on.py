"""Drops weights out, in inference as well."""

import keras
from keras import ops

FAULT = "right weights, and an output of numbers that differ"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -3e4)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(keras.random.dropout(weights, 0.1), value), weights
