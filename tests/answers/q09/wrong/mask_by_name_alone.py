"""The mask can't be given by its place."""

from keras import ops

FAULT = "by name alone, or in another order"


def scaled_dot_product_attention(query, key, value, *, mask=None):
    size = ops.cast(ops.shape(key)[-1], "float32")
    keys = ops.swapaxes(ops.cast(key, "float32"), -1, -2)
    scores = ops.matmul(ops.cast(query, "float32"), keys) / ops.sqrt(size)
    if mask is not None:
        scores = ops.where(mask, scores, -1e30)
    weights = ops.softmax(scores, axis=-1)
    if mask is not None:
        weights = ops.where(mask, weights, 0.0)
    return ops.matmul(weights, ops.cast(value, "float32")), weights
