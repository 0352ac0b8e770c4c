"""Takes a mask and doesn't use it."""

from keras import ops

FAULT = "mask was ignored"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
