"""Keys and values grow in a tuple; scores by matmul."""

from keras import ops


def cached_attention(query, key, value, cache=None):
    if cache is not None:
        kept_key, kept_value = cache
        key = ops.concatenate([kept_key, key], axis=1)
        value = ops.concatenate([kept_value, value], axis=1)
    scores = ops.matmul(query, ops.swapaxes(key, 1, 2)) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), value), (key, value)
