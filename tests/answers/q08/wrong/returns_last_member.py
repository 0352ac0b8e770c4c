"""Only the last member comes back."""

import keras

FAULT = "a list of 2 models"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members[-1]
