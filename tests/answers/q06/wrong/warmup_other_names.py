"""Arguments under other names."""

import keras

FAULT = "the task names the arguments"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, peak, warmup, decay):
        self.initial_lr, self.warmup_steps, self.decay_steps = peak, warmup, decay

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        warmup = step / self.warmup_steps
        left = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        share = keras.ops.minimum(warmup, left)
        return self.initial_lr * keras.ops.maximum(share, 0.0)

    def get_config(self):
        return {
            "peak": self.initial_lr,
            "warmup": self.warmup_steps,
            "decay": self.decay_steps,
        }
