"""The rate is cast to the type of the step, and not the other way round."""

import keras

FAULT = "make the step a float"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.convert_to_tensor(step)
        peak = keras.ops.cast(self.initial_lr, step.dtype)
        warmup = step / self.warmup_steps
        left = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        share = keras.ops.maximum(keras.ops.minimum(warmup, left), 0.0)
        return keras.ops.cast(peak, share.dtype) * share

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
