"""The arguments are kept in the class: the next schedule overwrites them."""

import keras
from keras import ops

FAULT = "keep their numbers in one place"


class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        super().__init__()
        WarmupDecay.sizes = initial_lr, warmup_steps, decay_steps

    def __call__(self, step):
        initial_lr, warmup_steps, decay_steps = self.sizes
        step = ops.cast(step, "float32")
        left = (decay_steps - step) / (decay_steps - warmup_steps)
        return initial_lr * ops.maximum(ops.minimum(step / warmup_steps, left), 0.0)

    def get_config(self):
        names = "initial_lr", "warmup_steps", "decay_steps"
        return dict(zip(names, self.sizes, strict=True))
