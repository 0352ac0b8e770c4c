"""A fixed number of epochs."""

import keras

FAULT = "hand `epochs` on"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(x, y, epochs=2, verbose=0)
        members.append(model)
    return members
