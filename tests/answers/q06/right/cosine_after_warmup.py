"""A cosine counted from the end of the warm-up; callback and plan by hand."""

import keras
import numpy as np
import tensorflow as tf


def schedule(epoch, lr, keep=10, rate=0.1):
    return np.float32(lr) if epoch < keep else lr * np.exp(-rate)


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps, name=None):
        super().__init__()
        self.args = {
            "initial_lr": initial_lr,
            "warmup_steps": warmup_steps,
            "decay_steps": decay_steps,
        }
        self.inner = keras.optimizers.schedules.CosineDecay(
            0.0, decay_steps, warmup_target=initial_lr, warmup_steps=warmup_steps
        )

    def __call__(self, step):
        return self.inner(step)

    def get_config(self):
        return self.args


class Halver(keras.callbacks.Callback):
    def __init__(self, patience, floor):
        super().__init__()
        self.patience, self.floor = patience, floor

    def on_train_begin(self, logs=None):
        self.best, self.wait = float("inf"), 0

    def on_epoch_end(self, epoch, logs=None):
        self.wait += 1
        if logs["val_loss"] < self.best:
            self.best, self.wait = logs["val_loss"], 0
        if self.wait >= self.patience:
            rate = float(self.model.optimizer.learning_rate.numpy())
            self.model.optimizer.learning_rate = max(rate / 2, self.floor)
            self.wait = 0
            print(f"epoch {epoch}: halved")


def make_plateau_callback():
    return Halver(3, 1e-6)


@keras.saving.register_keras_serializable("interview")
class Plan(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup, total):
        self.peak, self.warmup, self.total = peak, warmup, total

    def __call__(self, step):
        step = tf.cast(step, tf.float32)
        done = (step - self.warmup) / (self.total - self.warmup)
        done = tf.clip_by_value(done, 0.0, 1.0)
        fall = 0.5 * (1.0 + tf.cos(np.pi * done))
        return self.peak * tf.minimum(step / self.warmup, fall)

    def get_config(self):
        return {"peak": self.peak, "warmup": self.warmup, "total": self.total}


def build_optimizer(train_size, batch_size, epochs, peak):
    steps = -(-train_size // batch_size)
    return keras.optimizers.Adam(Plan(peak, steps, steps * epochs), beta_1=0.8)
