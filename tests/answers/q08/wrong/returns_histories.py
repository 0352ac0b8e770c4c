"""What fit returns is collected."""

import keras

FAULT = "History"


def train_members(build, x, y, seeds, epochs):
    members = []
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        members.append(build().fit(x, y, epochs=epochs, verbose=0))
    return members
