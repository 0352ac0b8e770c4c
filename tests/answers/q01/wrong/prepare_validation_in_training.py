"""The validation digits stay in the training part."""

import numpy as np

FAULT = "also trained on"


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    random = np.random.default_rng(seed)
    n_val = int(len(x_train) * val_fraction)
    mean, std = x_train.mean(), x_train.std()

    def scale(images):
        return ((images[..., None] - mean) / std).astype("float32")

    order = random.permutation(len(x_train))
    x, y = x_train[order], y_train[order]
    return {
        "x_train": scale(x),
        "y_train": y,
        "x_val": scale(x[:n_val]),
        "y_val": y[:n_val],
        "x_test": scale(x_test),
    }
