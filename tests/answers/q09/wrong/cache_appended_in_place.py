"""The list that came in grows."""

from keras import ops

FAULT = "changed the cache that came in"


def cached_attention(query, key, value, cache=None):
    cache = [] if cache is None else cache
    cache.append((key, value))
    key, value = (ops.concatenate(rows, axis=1) for rows in zip(*cache, strict=True))
    scores = ops.matmul(query, ops.swapaxes(key, 1, 2)) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), value), cache
