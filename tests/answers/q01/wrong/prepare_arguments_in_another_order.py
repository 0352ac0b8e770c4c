"""The seed comes before the fraction."""

import numpy as np

FAULT = "by name alone, or in another order"


def prepare(x_train, y_train, x_test, seed=0, val_fraction=0.2):
    order = np.random.default_rng(seed).permutation(len(x_train))
    x, y = x_train[order, ..., None] / 255, y_train[order]
    val = int(val_fraction * len(x))
    return {
        "x_train": x[val:].astype("float32"),
        "y_train": y[val:],
        "x_val": x[:val].astype("float32"),
        "y_val": y[:val],
        "x_test": (x_test[..., None] / 255).astype("float32"),
    }
