"""A coin decides for each pair: half of them in expectation alone."""

import numpy as np

FAULT = "about half, but not half"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    left, right, same = [], [], random.random(num_pairs) < 0.5
    for is_same in same:
        i = random.integers(len(x))
        candidates = y == y[i] if is_same else y != y[i]
        candidates[i] = False
        left.append(i)
        right.append(random.choice(np.flatnonzero(candidates)))
    return (x[left], x[right]), same.astype("float32")
