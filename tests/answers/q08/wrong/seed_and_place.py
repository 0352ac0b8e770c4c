"""The place in the list is added to the seed."""

import keras

FAULT = "depends on its place in the list"


def train_members(build, x, y, seeds, epochs):
    members = []
    for place, seed in enumerate(seeds):
        keras.utils.set_random_seed(seed + place)
        model = build()
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
