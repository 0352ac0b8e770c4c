"""The values of earlier tokens are forgotten."""

from keras import ops

FAULT = "compatible"


def cached_attention(query, key, value, cache=None):
    if cache is not None:
        key = ops.concatenate([cache, key], axis=1)
    scores = ops.matmul(query, ops.swapaxes(key, 1, 2)) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), value), key
