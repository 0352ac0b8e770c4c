"""Counts a smaller last batch where there is none."""

import keras

FAULT = "the peak comes at step 31"


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = train_size // batch_size + 1
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=(epochs - 1) * steps_per_epoch,
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
    )
    return keras.optimizers.Adam(schedule)
