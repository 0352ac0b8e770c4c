"""True means ignore, as in another library."""

from keras import ops

FAULT = "only masked keys"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, -3e4, scores)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
