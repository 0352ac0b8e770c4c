"""A polynomial inside, `ops.cond`, derived plateau callback, optimizer by name."""

import keras
import numpy as np
from keras import ops
from keras.optimizers import schedules


def schedule(epoch, lr):
    factor = np.where(np.arange(1000) < 10, 1.0, np.exp(-0.1))
    return float(np.multiply(lr, factor[epoch]))


@keras.saving.register_keras_serializable("layered", name="Warm")
class WarmupDecay(schedules.LearningRateSchedule):
    def __init__(self, initial_lr=0.01, warmup_steps=100, decay_steps=1000, power=1.0):
        self._config = {
            "initial_lr": initial_lr,
            "warmup_steps": warmup_steps,
            "decay_steps": decay_steps,
            "power": power,
        }
        self.up = schedules.PolynomialDecay(0.0, warmup_steps, initial_lr)
        self.down = schedules.PolynomialDecay(
            initial_lr, decay_steps - warmup_steps, 0.0, power=power
        )
        self.turn = float(warmup_steps)

    def __call__(self, step):
        step = ops.cast(ops.convert_to_tensor(step), "float32")
        return ops.cond(
            step < self.turn,
            lambda: self.up(step),
            lambda: self.down(step - self.turn),
        )

    def get_config(self):
        return self._config.copy()


class Halve(keras.callbacks.ReduceLROnPlateau):
    def __init__(self, **changes):
        settings = {"factor": 0.5, "patience": 3, "min_lr": 1e-6, "min_delta": 0.0}
        super().__init__(monitor="val_loss", **(settings | changes))


make_plateau_callback = Halve


def build_optimizer(train_size, batch_size, epochs, peak):
    epoch = train_size // batch_size + bool(train_size % batch_size)
    plan = schedules.CosineDecay(
        initial_learning_rate=0.0,
        decay_steps=epoch * epochs - epoch,
        warmup_target=peak,
        warmup_steps=epoch,
    )
    return keras.optimizers.get(
        {"class_name": "adam", "config": {"learning_rate": 0.1}}
    ).__class__(plan)
