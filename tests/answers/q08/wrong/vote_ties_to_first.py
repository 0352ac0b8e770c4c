"""Counter gives a tie to the class that was met first."""

from collections import Counter

import numpy as np

FAULT = "the first member decides among equals"


def vote_predict(models, x):
    votes = np.array([m.predict(x, verbose=0).argmax(axis=1) for m in models])
    return np.array([Counter(v).most_common(1)[0][0] for v in votes.T.tolist()])
