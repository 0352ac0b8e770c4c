"""The right schedule in another optimizer."""

import math

import keras

FAULT = "an Adam optimizer"


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = math.ceil(train_size / batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=steps_per_epoch * (epochs - 1),
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
    )
    return keras.optimizers.SGD(schedule, momentum=0.9)
