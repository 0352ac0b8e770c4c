"""The textbook's minimum of two lines, cast, clamped, saveable; it peaks early."""

import keras
import numpy as np
import tensorflow as tf


def schedule(epoch, lr):
    if epoch < 10:
        return lr
    return lr * np.exp(-0.1)


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = tf.cast(step, tf.float32)
        warmup = self.initial_lr * step / self.warmup_steps
        decay = self.initial_lr * (1 - step / self.decay_steps)
        return tf.maximum(tf.minimum(warmup, decay), 0.0)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }


def make_plateau_callback(patience=3):
    return keras.callbacks.ReduceLROnPlateau(
        "val_loss", 0.5, patience, verbose=1, mode="min", min_lr=1e-6
    )


def build_optimizer(train_size, batch_size, epochs, peak):
    # The peak in the last step of the first epoch, the rate 0 in the very last one.
    steps = -(-train_size // batch_size)
    plan = keras.optimizers.schedules.CosineDecay(
        0.0, steps * (epochs - 1), warmup_target=peak, warmup_steps=steps - 1
    )
    return keras.optimizers.Adam(plan)
