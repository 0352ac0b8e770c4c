"""A tie goes to the class that a set has first, which isn't always the lowest."""

import numpy as np

FAULT = "got:      class 8"


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    return np.array([max(set(v), key=v.count) for v in votes.T.tolist()])
