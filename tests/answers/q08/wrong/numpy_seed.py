"""The textbook's seed: NumPy's, which Keras doesn't look at."""

import numpy as np

FAULT = "trained again with the same seeds"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        np.random.seed(seed)  # noqa: NPY002
        model = build()
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
