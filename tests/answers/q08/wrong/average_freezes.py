"""Freezes the members, as one does with a teacher."""

import numpy as np

FAULT = "`trainable` flags"


def average_predict(models, x):
    for model in models:
        model.trainable = False
    return np.mean([m.predict(x, verbose=0) for m in models], axis=0).argmax(axis=1)
