"""The cosine ends a step after the training."""

import math

import keras

FAULT = "0 comes a step too late"


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = math.ceil(train_size / batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=(epochs - 1) * steps_per_epoch + 1,
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
    )
    return keras.optimizers.Adam(schedule)
