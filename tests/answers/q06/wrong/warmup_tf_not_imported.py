"""As the textbook prints it: tf is never imported."""

import keras

FAULT = "name 'tf' is not defined"


@keras.saving.register_keras_serializable("interview")
class WarmupDecay(keras.optimizers.schedules.LearningRateSchedule):
    """Linear warm-up, then a line down to 0."""

    def __init__(self, initial_lr, warmup_steps, decay_steps):
        self.initial_lr = initial_lr
        self.warmup_steps = warmup_steps
        self.decay_steps = decay_steps

    def __call__(self, step):
        warmup = self.initial_lr * step / self.warmup_steps
        decay = self.initial_lr * (1 - step / self.decay_steps)
        return tf.minimum(warmup, decay)  # noqa: F821

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }
