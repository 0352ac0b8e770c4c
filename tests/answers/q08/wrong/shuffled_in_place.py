"""The caller's arrays are shuffled, so the next member gets them in that order."""

import keras
import numpy as np

FAULT = "no longer what they were"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        for array in (x, y):
            np.random.default_rng(seed).shuffle(array)
        model = build()
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
