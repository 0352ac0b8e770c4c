"""The seed is ignored."""

import numpy as np

FAULT = "whatever the seed"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(0)
    rows = {digit: np.flatnonzero(y == digit) for digit in np.unique(y)}
    same = np.arange(num_pairs) % 2
    chosen = []
    for is_same in same:
        if is_same:
            digit = random.choice(list(rows))
            chosen.append(random.choice(rows[digit], 2, replace=False))
        else:
            pair = random.choice(list(rows), 2, replace=False)
            chosen.append([random.choice(rows[digit]) for digit in pair])
    left, right = np.transpose(chosen)
    return (x[left], x[right]), same.astype("float32")
