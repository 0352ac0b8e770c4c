"""By hand: a better epoch leaves the count as it is."""

import keras

FAULT = "all bad epochs together"


class Halver(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.best, self.bad = float("inf"), 0

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best:
            self.best = logs["val_loss"]
            return
        self.bad += 1
        if self.bad == 3:
            rate = float(self.model.optimizer.learning_rate.numpy())
            self.model.optimizer.learning_rate = max(rate / 2, 1e-6)
            self.bad = 0


def make_plateau_callback():
    return Halver()
