"""One seed before the loop: member three needs one and two before it."""

import keras

FAULT = "depends on the other members"


def train_members(build, x, y, seeds, epochs):
    keras.utils.set_random_seed(seeds[0])
    members = []
    for _ in seeds:
        model = build()
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
