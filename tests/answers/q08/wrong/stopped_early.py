"""Training ends when the loss no longer falls."""

import keras

FAULT = "let nothing end a training"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model = build()
        stop = keras.callbacks.EarlyStopping("loss", patience=5)
        model.fit(x, y, epochs=epochs, callbacks=[stop], verbose=0)
        members.append(model)
    return members
