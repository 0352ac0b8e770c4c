"""A default list that outlives the call."""

from keras import ops

FAULT = "knows another sequence"


def cached_attention(query, key, value, cache=[]):  # noqa: B006
    cache.append((key, value))
    key, value = (ops.concatenate(rows, axis=1) for rows in zip(*cache, strict=True))
    scores = ops.matmul(query, ops.swapaxes(key, 1, 2)) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), value), cache
