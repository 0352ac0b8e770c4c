"""Conditionals for graphs, a cosine that ends at decay_steps, the rest short."""

import math

import keras

schedule = lambda epoch, lr: float(lr * math.exp(-0.1 * (epoch >= 10)))  # noqa: E731


@keras.saving.register_keras_serializable("interview")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.config = {
            "initial_lr": initial_lr,
            "warmup_steps": warmup_steps,
            "decay_steps": decay_steps,
        }

    def __call__(self, step):
        peak, warmup, end = self.config.values()
        step = keras.ops.cast(step, "float32")
        done = keras.ops.clip((step - warmup) / (end - warmup), 0, 1)
        return keras.ops.where(
            step < warmup,
            peak * step / warmup,
            peak * (1 + keras.ops.cos(math.pi * done)) / 2,
        )

    def get_config(self):
        return dict(self.config)


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=3, min_lr=1e-6)


def build_optimizer(train_size, batch_size, epochs, peak):
    steps = len(range(0, train_size, batch_size))
    return keras.optimizers.AdamW(
        keras.optimizers.schedules.CosineDecay(
            0.0, steps * epochs - steps, warmup_target=peak, warmup_steps=steps
        )
    )
