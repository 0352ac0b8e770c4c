"""The warm-up starts from the integer 0."""

import math

import keras

FAULT = "Is each rate written as a float, zero as well"


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = math.ceil(train_size / batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(
        0,
        decay_steps=(epochs - 1) * steps_per_epoch,
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
    )
    return keras.optimizers.Adam(schedule)
