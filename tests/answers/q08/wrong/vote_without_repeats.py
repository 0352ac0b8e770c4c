"""Members that choose the same class for all examples count once."""

import numpy as np

FAULT = "members that vote the same count once"


def vote_predict(models, x):
    votes = [model.predict(x, verbose=0).argmax(axis=1) for model in models]
    return np.array([np.bincount(v).argmax() for v in np.unique(votes, axis=0).T])
