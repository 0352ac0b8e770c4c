"""Each image has one partner of each kind; the pairs are repeated to the number."""

import numpy as np

FAULT = "that differ"


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    order = random.permutation(len(y))
    kinds = {True: [], False: []}
    for is_same, pairs in kinds.items():
        free = list(order)
        while free:
            i = free.pop()
            partners = [j for j in free if (y[i] == y[j]) == is_same]
            if partners:
                free.remove(partners[0])
                pairs.append((i, partners[0]))
    half = num_pairs // 2
    same = np.resize(kinds[True], (half, 2))
    different = np.resize(kinds[False], (num_pairs - half, 2))
    left, right = np.concatenate([same, different]).T
    return (x[left], x[right]), (np.arange(num_pairs) < half).astype(int)
