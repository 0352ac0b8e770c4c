"""The smaller last batch isn't counted."""

import keras

FAULT = "smaller last batch isn't counted"


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = train_size // batch_size
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=steps_per_epoch * (epochs - 1),
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
    )
    return keras.optimizers.Adam(schedule)
