"""Half of the number of each kind: of an odd number one pair is missing."""

import numpy as np

FAULT = "may be odd"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    rows = {digit: np.flatnonzero(y == digit) for digit in np.unique(y)}
    same, different = [], []
    for _ in range(num_pairs // 2):
        digit, other = random.choice(list(rows), 2, replace=False)
        same.append(random.choice(rows[digit], 2, replace=False))
        different.append([random.choice(rows[digit]), random.choice(rows[other])])
    left, right = np.transpose(same + different)
    labels = np.repeat([1.0, 0.0], num_pairs // 2)
    return (x[left], x[right]), labels
