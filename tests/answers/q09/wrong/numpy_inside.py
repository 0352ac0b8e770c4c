"""NumPy: right numbers, and nothing that a model could train."""

import numpy as np

FAULT = "NumPy isn't differentiated"


def scaled_dot_product_attention(query, key, value, mask=None):
    query, key, value = (t.numpy().astype("float64") for t in (query, key, value))
    scores = query @ key.swapaxes(1, 2) / np.sqrt(query.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -3e4)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = powers / powers.sum(axis=-1, keepdims=True)
    return weights @ value, weights
