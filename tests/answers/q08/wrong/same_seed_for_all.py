"""Every member gets the same seed."""

import keras

FAULT = "an average of equals gains nothing"


def train_members(build, x, y, seeds, epochs):
    members = []
    for _ in seeds:
        keras.utils.set_random_seed(42)
        model = build()
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
