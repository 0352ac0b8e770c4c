"""Hinges that add up to the line's corners; a callback that looks back at a list."""

import math

import keras
from keras import ops


class Fade:
    """A callable that isn't a function."""

    def __init__(self, keep, factor):
        self.keep, self.factor = keep, factor

    def __call__(self, epoch, lr):
        return float(lr) * self.factor ** int(epoch > self.keep)


schedule = Fade(9, 1 / math.exp(0.1))


@keras.saving.register_keras_serializable("hinges")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        super().__init__()
        self.initial_lr, self.warmup_steps = float(initial_lr), int(warmup_steps)
        self.decay_steps = int(decay_steps)

    def __call__(self, step):
        past = ops.relu(ops.cast(step, "float32") - self.warmup_steps)
        up = self.initial_lr / self.warmup_steps
        down = self.initial_lr / self.decay_steps
        rise = up * (ops.cast(step, "float32") - past)
        return rise - down * (past - ops.relu(past - self.decay_steps))

    def get_config(self):
        return vars(self)


class LooksBack(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.seen = []

    def on_epoch_end(self, epoch, logs=None):
        self.seen.append(logs["val_loss"])
        if len(self.seen) > 3 and min(self.seen[-3:]) >= min(self.seen[:-3]):
            rate = self.model.optimizer.learning_rate
            # No half where it would be less than the floor.
            rate.assign(ops.where(rate < 2e-6, rate, rate / 2))
            self.seen = [min(self.seen)]


def make_plateau_callback(*_):
    return LooksBack()
