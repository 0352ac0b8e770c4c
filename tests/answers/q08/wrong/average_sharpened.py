"""The probabilities are squared and divided by their sum before the mean."""

import numpy as np

FAULT = "with its probabilities as they are"


def average_predict(models, x):
    p = np.array([model.predict(x, verbose=0) for model in models]) ** 2
    return (p / p.sum(axis=2, keepdims=True)).mean(axis=0).argmax(axis=1)
