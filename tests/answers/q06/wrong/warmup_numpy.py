"""NumPy's interpolation, which can't be part of a graph."""

import keras
import numpy as np

FAULT = "NumPy can't compute with it"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        corners = [0, self.warmup_steps, self.decay_steps]
        return np.interp(step, corners, [0.0, self.initial_lr, 0.0])

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
