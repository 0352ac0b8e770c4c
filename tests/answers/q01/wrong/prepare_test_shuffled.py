"""The test digits are shuffled too; their labels are with the caller."""

import numpy as np

FAULT = "another order"


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(x_train))
    n_val = int(len(x_train) * val_fraction)
    val, train = order[:n_val], order[n_val:]

    def scale(images):
        return images[..., np.newaxis].astype(np.float32) / 255.0

    return {
        "x_train": scale(x_train[train]),
        "y_train": y_train[train],
        "x_val": scale(x_train[val]),
        "y_val": y_train[val],
        "x_test": scale(rng.permutation(x_test)),
    }
