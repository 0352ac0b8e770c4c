"""Counts its calls, and doesn't look at the step."""

import keras

FAULT = "counts its own calls"


@keras.saving.register_keras_serializable("interview")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps
        self.count = -1

    def __call__(self, step):
        self.count += 1
        warmup = self.count / self.warmup_steps
        left = (self.decay_steps - self.count) / (self.decay_steps - self.warmup_steps)
        return self.initial_lr * max(min(warmup, left), 0.0)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
