"""A thousandth of the peak is left in the end."""

import math

import keras

FAULT = "which isn't 0"


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = math.ceil(train_size / batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=(epochs - 1) * steps_per_epoch,
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
        alpha=0.001,
    )
    return keras.optimizers.Adam(schedule)
