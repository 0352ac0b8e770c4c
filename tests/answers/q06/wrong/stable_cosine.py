"""The fall is a cosine."""

import math

import keras

FAULT = "a cosine"


class WarmupStableDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup_steps, stable_steps, decay_steps):
        self.peak = peak
        self.warmup_steps = warmup_steps
        self.stable_steps = stable_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        rise = step / max(self.warmup_steps, 1)
        begin = self.warmup_steps + self.stable_steps
        done = keras.ops.clip((step - begin) / self.decay_steps, 0.0, 1.0)
        fall = (1 + keras.ops.cos(math.pi * done)) / 2
        return self.peak * keras.ops.minimum(rise, fall)

    def get_config(self):
        return {
            "peak": self.peak,
            "warmup_steps": self.warmup_steps,
            "stable_steps": self.stable_steps,
            "decay_steps": self.decay_steps,
        }
