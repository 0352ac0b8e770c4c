"""Members are called as in training: dropout is on."""

import numpy as np
from scipy import stats

FAULT = "only while they train"


def vote_predict(models, x):
    votes = [np.argmax(m(x, training=True), axis=1) for m in models]
    return stats.mode(votes, axis=0).mode
