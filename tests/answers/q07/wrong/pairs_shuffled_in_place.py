"""`shuffle` mixes up the caller's images."""

import numpy as np

FAULT = "`x` has changed"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    order = random.permutation(len(x))
    x[:], y = x[order], y[order]
    half = num_pairs // 2
    left = random.integers(len(x), size=num_pairs)
    scores = random.random((num_pairs, len(x)))
    scores[np.arange(num_pairs), left] = -1
    same = np.arange(num_pairs) < half
    scores[(y[left][:, None] == y) != same[:, None]] = -1
    return (x[left], x[scores.argmax(axis=1)]), same
