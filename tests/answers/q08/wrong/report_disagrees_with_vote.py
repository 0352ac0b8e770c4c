"""Compares members with the vote, and not with each other."""

import numpy as np

FAULT = "compared with the vote"


def ensemble_report(probabilities, y):
    _, rows, classes = probabilities.shape
    mean = probabilities.mean(axis=0)
    votes = probabilities.argmax(axis=-1)
    counts = (votes[..., None] == np.arange(classes)).sum(axis=0)
    vote = counts.argmax(axis=1)
    return {
        "accuracy": float((mean.argmax(axis=1) == y).mean()),
        "vote_accuracy": float((vote == y).mean()),
        "nll": float(-np.log(mean[np.arange(rows), y]).mean()),
        "disagreement": float((votes != vote).mean()),
    }
