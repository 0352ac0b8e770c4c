"""A sum of hinges, which cancel badly far past the end."""

import keras
from keras import ops

FAULT = "it doesn't stay 0"


@keras.saving.register_keras_serializable("interview")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = ops.cast(step, "float32")
        up = self.initial_lr / self.warmup_steps
        down = self.initial_lr / (self.decay_steps - self.warmup_steps)
        turned = (up + down) * ops.relu(step - self.warmup_steps)
        return up * step - turned + down * ops.relu(step - self.decay_steps)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
