"""Sets masked scores to zero, whose exponential is one."""

from keras import ops

FAULT = "exp(0) is 1"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = scores * ops.cast(mask, scores.dtype)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
