"""Every member gets the first half of the data."""

import keras

FAULT = "rows that it never saw"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model, half = build(), len(x) // 2
        model.fit(x[:half], y[:half], epochs=epochs, verbose=0)
        members.append(model)
    return members
