"""The minimum of a line and a cosine that begins at step 0; only the last rate is 0."""

import keras
import numpy as np


def schedule(epoch: int, lr: float) -> float:
    return float(lr) * (np.exp(-0.1) if epoch >= 10 else 1.0)


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.peak, self.up = initial_lr, warmup_steps
        self.down = keras.optimizers.schedules.CosineDecay(initial_lr, decay_steps)

    def __call__(self, step):
        rise = keras.ops.cast(step, "float32") / self.up * self.peak
        return keras.ops.minimum(rise, self.down(step))

    def get_config(self):
        return {
            "initial_lr": self.peak,
            "warmup_steps": self.up,
            "decay_steps": self.down.decay_steps,
        }


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(factor=1 / 2, patience=3, min_lr=0.000001)


def build_optimizer(train_size, batch_size, epochs, peak):
    n = int(np.ceil(train_size / batch_size))
    plan = keras.optimizers.schedules.CosineDecay(
        0.0, decay_steps=n * (epochs - 1) - 1, warmup_target=peak, warmup_steps=n
    )
    return keras.optimizers.AdamW(plan)
