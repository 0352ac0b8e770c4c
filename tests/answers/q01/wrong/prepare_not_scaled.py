"""The type is changed, the range isn't."""

import numpy as np

FAULT = "pixels run from 0 to 255"


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    order = np.random.default_rng(seed).permutation(len(x_train))
    n_val = round(val_fraction * len(x_train))
    val, train = order[:n_val], order[n_val:]

    def images(pixels):
        return pixels.astype("float32")[..., np.newaxis]

    return {
        "x_train": images(x_train[train]),
        "y_train": y_train[train],
        "x_val": images(x_train[val]),
        "y_val": y_train[val],
        "x_test": images(x_test),
    }
