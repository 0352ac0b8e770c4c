"""The step is used as it comes."""

import keras

FAULT = "doesn't mix integers and floats"


class WarmupStableDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup_steps, stable_steps, decay_steps):
        self.peak = peak
        self.warmup_steps = warmup_steps
        self.stable_steps = stable_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        rise = self.peak * step / max(self.warmup_steps, 1)
        end = self.warmup_steps + self.stable_steps + self.decay_steps
        fall = self.peak * (end - step) / self.decay_steps
        share = keras.ops.minimum(rise, fall)
        return keras.ops.clip(share, 0.0, self.peak)

    def get_config(self):
        return {
            "peak": self.peak,
            "warmup_steps": self.warmup_steps,
            "stable_steps": self.stable_steps,
            "decay_steps": self.decay_steps,
        }
