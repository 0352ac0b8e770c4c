"""Left, right and labels side by side, as three."""

import numpy as np

FAULT = "three arrays: the first two belong in a pair"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    same = np.arange(num_pairs) % 2
    left = random.integers(len(x), size=num_pairs)
    right = np.empty_like(left)
    for i, row in enumerate(left):
        others = np.flatnonzero((y == y[row]) == same[i])
        right[i] = random.choice(others[others != row])
    return x[left], x[right], same.astype("float32")
