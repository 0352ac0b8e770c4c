"""Members are built and not trained."""

import keras

FAULT = "that `build()` gave"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        members.append(model)
    return members
