"""Plain dot products, as `keras.layers.Attention` has them."""

from keras import ops

FAULT = "weren't divided by the root"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2))
    if mask is not None:
        scores = ops.where(mask, scores, -3e4)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
