"""build is handed the seed."""

import keras

FAULT = "`build()` takes nothing"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build(seed)
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
