"""Keras's parts where there are some, a line down to 0: the notebook's design."""

import math

import keras


def schedule(epoch, lr):
    return lr if epoch < 10 else lr * math.exp(-0.1)


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
        left = (self.decay_steps - step) / (self.decay_steps - self.warmup_steps)
        share = keras.ops.maximum(keras.ops.minimum(warmup, left), 0.0)
        return self.initial_lr * keras.ops.minimum(share, 1.0)

    def get_config(self):
        return {
            "initial_lr": self.initial_lr,
            "warmup_steps": self.warmup_steps,
            "decay_steps": self.decay_steps,
        }


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        monitor="val_loss", factor=0.5, patience=3, min_lr=1e-6
    )


def build_optimizer(train_size, batch_size, epochs, peak):
    steps_per_epoch = math.ceil(train_size / batch_size)
    schedule = keras.optimizers.schedules.CosineDecay(
        0.0,
        decay_steps=steps_per_epoch * (epochs - 1),
        warmup_target=peak,
        warmup_steps=steps_per_epoch,
    )
    return keras.optimizers.Adam(schedule)
