"""Averaged probabilities where a vote is asked."""

import numpy as np

FAULT = "those of averaged probabilities"


def vote_predict(models, x):
    probabilities = [model.predict(x, verbose=0) for model in models]
    return np.mean(probabilities, axis=0).argmax(axis=1)
