"""Keeps outputs in the place of values."""

from keras import ops

FAULT = "from token 3 on"


def cached_attention(query, key, value, cache=None):
    if cache is not None:
        key = ops.concatenate([cache[0], key], axis=1)
        value = ops.concatenate([cache[1], value], axis=1)
    scores = ops.matmul(query, ops.swapaxes(key, 1, 2)) / query.shape[-1] ** 0.5
    output = ops.matmul(ops.softmax(scores), value)
    return output, (key, ops.concatenate([value[:, :-1], output], axis=1))
