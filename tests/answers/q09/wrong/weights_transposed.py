"""Returns weights of shape (batch, keys, queries)."""

from keras import ops

FAULT = "(2, 5, 3)"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(key, ops.swapaxes(query, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(ops.swapaxes(mask, -1, -2), scores, -3e4)
    weights = ops.softmax(scores, axis=1)
    return ops.matmul(ops.swapaxes(weights, -1, -2), value), weights
