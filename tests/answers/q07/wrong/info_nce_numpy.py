"""NumPy, which nothing can be trained with."""

import numpy as np
from scipy.special import logsumexp

FAULT = "with respect to the left rows"


def info_nce(left, right, temperature=0.1):
    left, right = (
        v / np.linalg.norm(v, axis=1, keepdims=True)
        for v in (np.asarray(left), np.asarray(right))
    )
    scores = left @ right.T / temperature
    rows, columns = (logsumexp(scores, axis=a) for a in (1, 0))
    return np.mean((rows + columns) / 2 - np.diag(scores))
