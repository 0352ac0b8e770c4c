"""The five arrays, as scikit-learn would return them."""

import numpy as np

FAULT = "a dict with the keys"


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    order = np.random.default_rng(seed).permutation(len(x_train))
    n_val = round(val_fraction * len(x_train))
    val, train = order[:n_val], order[n_val:]
    mean, std = x_train[train].mean(), x_train[train].std()

    def scale(images):
        return ((images[..., np.newaxis] - mean) / std).astype("float32")

    return (
        scale(x_train[train]),
        y_train[train],
        scale(x_train[val]),
        y_train[val],
        scale(x_test),
    )
