"""As many members as in the text, whatever the seeds."""

import keras

FAULT = "2 models for 2 seeds"


def train_members(build, x, y, seeds, epochs, n_models=5):
    members = []
    for seed in range(n_models):
        keras.utils.set_random_seed(seeds[seed % len(seeds)])
        model = build()
        model.fit(x, y, epochs=epochs, verbose=0)
        members.append(model)
    return members
