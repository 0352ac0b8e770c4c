"""Masks the weights that it returns, not those that it uses."""

from keras import ops

FAULT = "isn't made with them"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    output = ops.matmul(ops.softmax(scores), value)
    if mask is not None:
        scores = ops.where(mask, scores, -3e4)
    return output, ops.softmax(scores)
