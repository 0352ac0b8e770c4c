"""A power of 0.9, as in segmentation, of what is negative past the end."""

import keras

FAULT = "a finite rate"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        warmup = step / self.warmup_steps
        left = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        return self.initial_lr * keras.ops.minimum(warmup, left**0.9)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
