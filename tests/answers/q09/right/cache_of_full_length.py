"""A dict of NumPy arrays made at full length, copied at each call; a mask by length."""

import numpy as np


def cached_attention(query, key, value, cache=None):
    query, key, value = (np.asarray(tensor) for tensor in (query, key, value))
    if cache is None:
        cache = {
            "key": np.zeros((len(key), 32, key.shape[-1]), key.dtype),
            "value": np.zeros((len(value), 32, value.shape[-1]), value.dtype),
            "length": 0,
        }
    keys, values, place = cache["key"].copy(), cache["value"].copy(), cache["length"]
    keys[:, place], values[:, place] = key[:, 0], value[:, 0]
    scores = np.einsum("bqs,bks->bqk", query, keys) / np.sqrt(query.shape[-1])
    scores[..., place + 1 :] = -np.inf
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = powers / powers.sum(axis=-1, keepdims=True)
    kept = {"key": keys, "value": values, "length": place + 1}
    return [weights @ values, kept]
