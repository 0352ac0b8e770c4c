"""Epochs are given where steps are counted."""

import keras

FAULT = "at steps [0, 10, 20]"


def build_optimizer(train_size, batch_size, epochs, peak):
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=epochs - 1,
        warmup_target=peak,
        warmup_steps=1,
    )
    return keras.optimizers.Adam(schedule)
