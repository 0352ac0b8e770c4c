"""accuracy is the vote's."""

import numpy as np

FAULT = "that of a vote"


def ensemble_report(probabilities, y):
    members, rows, classes = probabilities.shape
    mean = probabilities.mean(axis=0)
    votes = probabilities.argmax(axis=-1)
    counts = (votes[..., None] == np.arange(classes)).sum(axis=0)
    apart = (votes[:, None] != votes[None]).mean(axis=2).sum()
    return {
        "accuracy": float((counts.argmax(axis=1) == y).mean()),
        "vote_accuracy": float((counts.argmax(axis=1) == y).mean()),
        "nll": float(-np.log(mean[np.arange(rows), y]).mean()),
        "disagreement": float(apart / (members * (members - 1))),
    }
