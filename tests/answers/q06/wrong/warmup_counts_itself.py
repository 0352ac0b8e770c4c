"""Counts its calls instead of looking at the step."""

import keras

FAULT = "at steps [0, 5, 10]"


@keras.saving.register_keras_serializable("interview")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Linear warm-up, then a line down to 0."""

    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.count = 0
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = float(self.count // 8)
        self.count += 1
        warmup = step / self.warmup_steps
        left = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        share = keras.ops.maximum(keras.ops.minimum(warmup, left), 0.0)
        return self.initial_lr * keras.ops.minimum(share, 1.0)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
