"""The statistics are those of the first images, which aren't the training part."""

import numpy as np

FAULT = "other values for other validation digits"


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    order = np.random.default_rng(seed).permutation(len(x_train))
    n_val = round(val_fraction * len(x_train))
    train, val = order[:-n_val], order[-n_val:]
    mean, std = x_train[:-n_val].mean(), x_train[:-n_val].std()

    def scale(images):
        return ((images - mean) / std).astype("float32")[..., np.newaxis]

    return {
        "x_train": scale(x_train[train]),
        "y_train": y_train[train],
        "x_val": scale(x_train[val]),
        "y_val": y_train[val],
        "x_test": scale(x_test),
    }
