"""Rounds the mean before the class is chosen: below 0.5 all classes are 0."""

import numpy as np

FAULT = "rounded before the class is chosen"


def average_predict(models, x):
    mean = np.mean([model.predict(x, verbose=0) for model in models], axis=0)
    return np.round(mean).argmax(axis=1)
