"""A negative number that leaves masked keys some weight."""

from keras import ops

FAULT = "a masked key leaks"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -10.0)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
