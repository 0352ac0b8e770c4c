"""Members are called as in training: dropout is on."""

import numpy as np

FAULT = "only while they train"


def average_predict(models, x):
    return np.mean([m(x, training=True) for m in models], axis=0).argmax(axis=1)
