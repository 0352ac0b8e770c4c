"""By hand: better than the epoch before counts as better."""

import keras

FAULT = "better than which earlier loss"


class Halver(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.last, self.wait = float("inf"), 0

    def on_epoch_end(self, epoch, logs=None):
        self.wait = 0 if logs["val_loss"] < self.last else self.wait + 1
        self.last = logs["val_loss"]
        if self.wait == 3:
            rate = float(self.model.optimizer.learning_rate.numpy())
            self.model.optimizer.learning_rate = max(rate / 2, 1e-6)
            self.wait = 0


def make_plateau_callback():
    return Halver()
