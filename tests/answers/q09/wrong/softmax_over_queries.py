"""The textbook's `axis=1`, copied to three axes."""

from keras import ops

FAULT = "don't sum to one"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -3e4)
    weights = ops.softmax(scores, axis=1)
    return ops.matmul(weights, value), weights
