"""Takes the logarithm of the highest probability, whatever the label says."""

import numpy as np

FAULT = "of the class that was chosen"


def ensemble_report(probabilities, y):
    members, _rows, classes = probabilities.shape
    mean = probabilities.mean(axis=0)
    votes = probabilities.argmax(axis=-1)
    counts = (votes[..., None] == np.arange(classes)).sum(axis=0)
    apart = (votes[:, None] != votes[None]).mean(axis=2).sum()
    return {
        "accuracy": float((mean.argmax(axis=1) == y).mean()),
        "vote_accuracy": float((counts.argmax(axis=1) == y).mean()),
        "nll": float(-np.log(mean.max(axis=1)).mean()),
        "disagreement": float(apart / (members * (members - 1))),
    }
