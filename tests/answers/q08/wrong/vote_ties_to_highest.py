"""A tie goes to the highest class."""

import numpy as np

FAULT = "the highest class among equals"


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    best = [
        max(sorted(set(v)), key=lambda c: (v.count(c), c)) for v in votes.T.tolist()
    ]
    return np.array(best)
