"""The seed comes after the weights have been drawn."""

import keras

FAULT = "trained again with the same seeds"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        model = build()
        keras.utils.set_random_seed(seed)
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
