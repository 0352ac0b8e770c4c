"""All continuations of one beginning write into one buffer."""

import numpy as np

FAULT = "changed what the first one sees"


def cached_attention(query, key, value, cache=None):
    query, key, value = (np.asarray(tensor) for tensor in (query, key, value))
    if cache is None:
        keys = np.zeros((len(key), 512, key.shape[-1]), key.dtype)
        values = np.zeros((len(value), 512, value.shape[-1]), value.dtype)
        cache = keys, values, 0
    keys, values, place = cache
    keys[:, place], values[:, place] = key[:, 0], value[:, 0]
    scores = query @ keys[:, : place + 1].swapaxes(1, 2) / query.shape[-1] ** 0.5
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = powers / powers.sum(axis=-1, keepdims=True)
    return weights @ values[:, : place + 1], (keys, values, place + 1)
