"""The division is lost on the way."""

from keras import ops

FAULT = "weren't divided"


def cached_attention(query, key, value, cache=None):
    if cache is not None:
        key = ops.concatenate([cache[0], key], axis=1)
        value = ops.concatenate([cache[1], value], axis=1)
    scores = ops.matmul(query, ops.swapaxes(key, 1, 2))
    return ops.matmul(ops.softmax(scores), value), (key, value)
