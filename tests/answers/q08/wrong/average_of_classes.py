"""Class numbers are averaged and rounded."""

import numpy as np

FAULT = "the mean of class numbers"


def average_predict(models, x):
    p = np.array([model.predict(x, verbose=0) for model in models])
    return np.round(p.argmax(axis=2).mean(axis=0)).astype(int)
