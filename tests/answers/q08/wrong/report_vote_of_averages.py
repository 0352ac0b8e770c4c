"""vote_accuracy is that of the averages."""

import numpy as np

FAULT = "the accuracy of averaged probabilities"


def ensemble_report(probabilities, y):
    members, rows, _ = probabilities.shape
    mean = probabilities.mean(axis=0)
    votes = probabilities.argmax(axis=-1)
    apart = (votes[:, None] != votes[None]).mean(axis=2).sum()
    return {
        "accuracy": float((mean.argmax(axis=1) == y).mean()),
        "vote_accuracy": float((mean.argmax(axis=1) == y).mean()),
        "nll": float(-np.log(mean[np.arange(rows), y]).mean()),
        "disagreement": float(apart / (members * (members - 1))),
    }
