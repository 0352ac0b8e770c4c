"""`integers` leaves out its upper bound, and the last digit with it."""

import numpy as np

FAULT = "none with [9]"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    digits = np.unique(y)
    rows = [np.flatnonzero(y == digit) for digit in digits]
    same = np.arange(num_pairs) % 2
    chosen = []
    for is_same in same:
        if is_same:
            digit = random.integers(0, len(digits) - 1)
            chosen.append(random.choice(rows[digit], 2, replace=False))
        else:
            pair = random.choice(len(digits) - 1, 2, replace=False)
            chosen.append([random.choice(rows[digit]) for digit in pair])
    left, right = np.transpose(chosen)
    return (x[left], x[right]), same
