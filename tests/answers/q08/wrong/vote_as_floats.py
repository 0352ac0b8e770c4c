"""Classes come back as floats."""

import numpy as np
from scipy import stats

FAULT = "float64"


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    return stats.mode(votes, axis=0).mode.astype(float)
