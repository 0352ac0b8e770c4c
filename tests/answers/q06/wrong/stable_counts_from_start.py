"""The stable steps are counted from the start, not from the end of the warm-up."""

import keras

FAULT = "the three lengths add up"


class WarmupStableDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup_steps, stable_steps, decay_steps):
        self.peak = peak
        self.warmup_steps = warmup_steps
        self.stable_steps = stable_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        rise = step / max(self.warmup_steps, 1)
        end = self.stable_steps + self.decay_steps
        fall = (end - step) / self.decay_steps
        share = keras.ops.minimum(rise, fall)
        return self.peak * keras.ops.clip(share, 0.0, 1.0)

    def get_config(self):
        return {
            "peak": self.peak,
            "warmup_steps": self.warmup_steps,
            "stable_steps": self.stable_steps,
            "decay_steps": self.decay_steps,
        }
