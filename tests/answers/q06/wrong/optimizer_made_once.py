"""The optimizer is cached: the second model is given the first one's."""

import functools
import math

import keras

FAULT = "the same one twice"


@functools.cache
def build_optimizer(train_size, batch_size, epochs, peak):
    per_epoch = math.ceil(train_size / batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=0.0,
        warmup_target=peak,
        warmup_steps=per_epoch,
        decay_steps=per_epoch * (epochs - 1),
    )
    return keras.optimizers.Adam(schedule)
