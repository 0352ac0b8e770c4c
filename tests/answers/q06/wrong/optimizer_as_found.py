"""The broken program as it was found."""

import keras

FAULT = "no warm-up"


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = train_size // batch_size
    schedule = keras.optimizers.schedules.CosineDecay(
        initial_learning_rate=peak,
        decay_steps=epochs * steps_per_epoch,
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
    )
    return keras.optimizers.Adam(learning_rate=schedule)
