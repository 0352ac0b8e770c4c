"""An empty get_config, so that saving no longer raises."""

import keras

FAULT = "get_config returns"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        warmup = step / self.warmup_steps
        left = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        share = keras.ops.minimum(warmup, left)
        return self.initial_lr * keras.ops.maximum(share, 0.0)

    def get_config(self):
        return {}
