"""The scores are taken before the new key is kept."""

from keras import ops

FAULT = "newest token isn't attended to"


def cached_attention(query, key, value, cache=None):
    kept_key, kept_value = cache or (key, value)
    scores = ops.matmul(query, ops.swapaxes(kept_key, 1, 2)) / query.shape[-1] ** 0.5
    output = ops.matmul(ops.softmax(scores), kept_value)
    if cache is not None:
        key = ops.concatenate([cache[0], key], axis=1)
        value = ops.concatenate([cache[1], value], axis=1)
    return output, (key, value)
