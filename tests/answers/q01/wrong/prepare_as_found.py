"""The broken program as it stands, all three faults."""

import numpy as np

FAULT = "shuffled separately"


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    random = np.random.default_rng(seed)
    n_val = int(len(x_train) * val_fraction)
    pixels = np.concatenate([x_train, x_test])
    mean, std = pixels.mean(), pixels.std()

    def scale(images):
        return ((images[..., None] - mean) / std).astype("float32")

    x, y = random.permutation(x_train), random.permutation(y_train)
    return {
        "x_train": scale(x),
        "y_train": y,
        "x_val": scale(x[:n_val]),
        "y_val": y[:n_val],
        "x_test": scale(x_test),
    }
