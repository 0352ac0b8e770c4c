"""The cosine isn't held at its end."""

import keras

FAULT = "rises again"


@keras.saving.register_keras_serializable("interview")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Linear warm-up, then a line down to 0."""

    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        step = keras.ops.cast(step, "float32")
        warmup = step / self.warmup_steps
        done = (step - self.warmup_steps) / (self.decay_steps - self.warmup_steps)
        fall = (1 + keras.ops.cos(3.14159265 * keras.ops.maximum(done, 0.0))) / 2
        return self.initial_lr * keras.ops.minimum(warmup, fall)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
