"""One case for each phase, chosen by `where`; the lengths kept as a tuple."""

import keras
from keras import ops


@keras.saving.register_keras_serializable("interview")
class WarmupStableDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup_steps, stable_steps, decay_steps):
        self.peak = peak
        self.lengths = warmup_steps, stable_steps, decay_steps

    def __call__(self, step):
        warmup, stable, decay = self.lengths
        step = ops.cast(step, "float32")
        left = ops.maximum(warmup + stable + decay - step, 0.0)
        rate = ops.where(step < warmup + stable, self.peak, self.peak * left / decay)
        return ops.where(step < warmup, self.peak * step / max(warmup, 1), rate)

    def get_config(self):
        names = "warmup_steps", "stable_steps", "decay_steps"
        return {"peak": self.peak} | dict(zip(names, self.lengths, strict=True))
