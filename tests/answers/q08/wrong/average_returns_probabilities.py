"""Probabilities come back, not classes."""

import numpy as np

FAULT = "a number for each class"


def average_predict(models, x):
    p = np.array([model.predict(x, verbose=0) for model in models])
    return p.mean(axis=0)
