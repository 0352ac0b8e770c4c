"""The warm-up starts at the peak."""

import math

import keras

FAULT = "no warm-up"


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = math.ceil(train_size / batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(
        peak,
        decay_steps=steps_per_epoch * (epochs - 1),
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
    )
    return keras.optimizers.Adam(schedule)
