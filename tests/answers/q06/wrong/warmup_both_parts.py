"""Returns both parts, and leaves the choice to the optimizer."""

import keras

FAULT = "one number for step"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        warmup = step / self.warmup_steps
        left = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        return self.initial_lr * keras.ops.stack([warmup, left])

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
