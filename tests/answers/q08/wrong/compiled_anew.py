"""The optimizer is another than that of `build`."""

import keras

FAULT = "the optimizer that `build()` compiled in"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
