"""Labels 1 and -1, as a cosine loss has them."""

import numpy as np

FAULT = "labels 0 and 1"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    rows = {digit: np.flatnonzero(y == digit) for digit in np.unique(y)}
    chosen, same = [], []
    for number in range(num_pairs):
        if number % 2:
            digit = random.choice(list(rows))
            chosen.append(random.choice(rows[digit], 2, replace=False))
            same.append(1)
        else:
            pair = random.choice(list(rows), 2, replace=False)
            chosen.append([random.choice(rows[digit]) for digit in pair])
            same.append(-1)
    left, right = np.transpose(chosen)
    return (x[left], x[right]), np.array(same)
