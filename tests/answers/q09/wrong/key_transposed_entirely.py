"""`ops.transpose` without axes turns the batch round too."""

from keras import ops

FAULT = "turns all axes round"


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.transpose(key)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -3e4)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights
