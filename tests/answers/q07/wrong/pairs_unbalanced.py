"""Any two images: nine in ten pairs are different."""

import numpy as np

FAULT = "half of the pairs"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    left = random.integers(len(x), size=num_pairs)
    right = (left + random.integers(1, len(x), size=num_pairs)) % len(x)
    return (x[left], x[right]), (y[left] == y[right]).astype("float32")
