"""Warms up on one batch, whose rows are then seen once more than the others."""

import keras

FAULT = "the data are the same for all"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(x[:32], y[:32], epochs=1, verbose=0)
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
