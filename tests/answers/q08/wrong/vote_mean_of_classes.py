"""Class numbers are averaged and rounded."""

import numpy as np

FAULT = "the mean of class numbers"


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    return np.round(votes.mean(axis=0)).astype(int)
