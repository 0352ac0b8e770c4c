"""Falls by a factor, which never arrives at 0."""

import keras

FAULT = "doesn't end at 0"


@keras.saving.register_keras_serializable("interview")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        past = keras.ops.maximum(step - self.warmup_steps, 0.0)
        rise = keras.ops.minimum(step / self.warmup_steps, 1.0)
        return self.initial_lr * rise * keras.ops.exp(-past / self.decay_steps)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
