"""The vote is a mean of class numbers."""

import numpy as np

FAULT = "classes are names"


def ensemble_report(probabilities, y):
    members = len(probabilities)
    mean = probabilities.mean(axis=0)
    votes = probabilities.argmax(axis=2)
    vote = np.round(votes.mean(axis=0))
    likelihood = mean[np.arange(len(y)), y]
    pairs = [(i, j) for i in range(members) for j in range(members) if i != j]
    return {
        "accuracy": np.mean(mean.argmax(axis=1) == y),
        "vote_accuracy": np.mean(vote == y),
        "nll": -np.mean(np.log(likelihood)),
        "disagreement": np.mean([np.mean(votes[i] != votes[j]) for i, j in pairs]),
    }
