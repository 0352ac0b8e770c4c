"""mode's keepdims leaves (1, 70)n)."""

import numpy as np
from scipy import stats

FAULT = "(1, 70)"


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    return stats.mode(votes, axis=0, keepdims=True).mode
