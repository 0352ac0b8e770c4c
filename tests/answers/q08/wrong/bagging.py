"""Each member gets a bootstrap sample, the same in each epoch."""

import keras
import numpy as np

FAULT = "nothing is held back"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        rows = np.random.default_rng(seed).integers(len(x), size=len(x))
        model.fit(x[rows], y[rows], epochs=epochs, verbose=0)
        members.append(model)
    return members
