"""The loss goes under another name."""

import numpy as np
from scipy import stats

FAULT = "no nll"


def ensemble_report(probabilities, y):
    members = len(probabilities)
    mean = probabilities.mean(axis=0)
    votes = probabilities.argmax(axis=2)
    vote = stats.mode(votes, axis=0).mode
    likelihood = mean[np.arange(len(y)), y]
    pairs = [(i, j) for i in range(members) for j in range(members) if i != j]
    return {
        "accuracy": np.mean(mean.argmax(axis=1) == y),
        "vote_accuracy": np.mean(vote == y),
        "loss": -np.mean(np.log(likelihood)),
        "disagreement": np.mean([np.mean(votes[i] != votes[j]) for i, j in pairs]),
    }
