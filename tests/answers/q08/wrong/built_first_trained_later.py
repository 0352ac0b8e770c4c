"""All members are built, each from its seed, then all are trained."""

import keras

FAULT = "depends on the other members"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        members.append(build())
    for model in members:
        model.fit(x, y, epochs=epochs, verbose=0)
    return members
