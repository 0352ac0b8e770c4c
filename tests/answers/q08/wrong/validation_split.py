"""A fifth of the rows is held back."""

import keras

FAULT = "14 rows that it never saw"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(x, y, epochs=epochs, validation_split=0.2, verbose=0)
        members.append(model)
    return members
