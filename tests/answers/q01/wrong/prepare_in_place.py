"""Shuffles the caller's own arrays, both by the same seed."""

import numpy as np

FAULT = "changed in place"


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    np.random.default_rng(seed).shuffle(x_train)
    np.random.default_rng(seed).shuffle(y_train)
    n_val = int(len(x_train) * val_fraction)
    mean, std = x_train[n_val:].mean(), x_train[n_val:].std()

    def scale(images):
        return ((images[..., None] - mean) / std).astype("float32")

    return {
        "x_train": scale(x_train[n_val:]),
        "y_train": y_train[n_val:],
        "x_val": scale(x_train[:n_val]),
        "y_val": y_train[:n_val],
        "x_test": scale(x_test),
    }
