"""The warm-up is taken off the length of the decay."""

import keras

FAULT = "0 at step 97 already"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        warmup = step / self.warmup_steps
        left = 1 - step / (self.decay_steps - self.warmup_steps)
        share = keras.ops.minimum(warmup, left)
        return self.initial_lr * keras.ops.maximum(share, 0.0)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
