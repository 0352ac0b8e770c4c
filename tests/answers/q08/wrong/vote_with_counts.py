"""All that mode returns."""

from scipy import stats

FAULT = "returns two things"


def vote_predict(models, x):
    votes = [m.predict(x, verbose=0).argmax(axis=1) for m in models]
    return stats.mode(votes, axis=0)
