"""The caller's labels are sorted in place; a copy of the images is."""

import numpy as np

FAULT = "`y` has changed"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    x = x[np.argsort(y, kind="stable")]
    y.sort()
    left = random.integers(len(x), size=num_pairs)
    scores = random.random((num_pairs, len(x)))
    scores[np.arange(num_pairs), left] = -1
    same = np.arange(num_pairs) < num_pairs // 2
    scores[(y[left][:, None] == y) != same[:, None]] = -1
    return (x[left], x[scores.argmax(axis=1)]), same
