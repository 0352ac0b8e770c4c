"""Counts the classes 0, 1 and 2 only."""

import numpy as np

FAULT = "the last class is never chosen"


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    return np.array([(votes == c).sum(axis=0) for c in range(3)]).argmax(axis=0)
