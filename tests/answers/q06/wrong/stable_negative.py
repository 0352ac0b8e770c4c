"""The falling line isn't held at 0."""

import keras

FAULT = "negative"


class WarmupStableDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup_steps, stable_steps, decay_steps):
        self.peak = peak
        self.warmup_steps = warmup_steps
        self.stable_steps = stable_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        rise = step / max(self.warmup_steps, 1)
        end = self.warmup_steps + self.stable_steps + self.decay_steps
        fall = (end - step) / self.decay_steps
        return self.peak * keras.ops.minimum(keras.ops.minimum(rise, fall), 1.0)

    def get_config(self):
        return {
            "peak": self.peak,
            "warmup_steps": self.warmup_steps,
            "stable_steps": self.stable_steps,
            "decay_steps": self.decay_steps,
        }
