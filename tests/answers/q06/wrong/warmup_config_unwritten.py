"""`get_config` is still to be written."""

import keras
from keras import ops

FAULT = "an error in `get_config`: NotImplementedError: no message"


@keras.saving.register_keras_serializable("interview")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = ops.cast(step, "float32")
        rise = step / self.warmup_steps
        fall = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        share = ops.maximum(ops.minimum(rise, fall), 0.0)
        return self.initial_lr * ops.cast(share, "float32")

    def get_config(self):
        raise NotImplementedError
