"""Adds the mask to the scores and forgets the large number."""

from keras import ops

FAULT = "1 where it is True"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores += ops.cast(mask, scores.dtype)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
