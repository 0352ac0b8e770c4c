"""build() is called once, and the list holds one model several times."""

import keras

FAULT = "the same model several times"


def train_members(build, x, y, seeds, epochs):
    model = build()
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
