"""The median of class numbers."""

import numpy as np

FAULT = "the median of class numbers"


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    return np.median(votes, axis=0).astype(int)
