"""By hand: after a cut every epoch cuts again."""

import keras

FAULT = "doesn't wait again"


class Halver(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.best, self.wait = float("inf"), 0

    def on_epoch_end(self, epoch, logs=None):
        self.wait += 1
        if logs["val_loss"] < self.best:
            self.best, self.wait = logs["val_loss"], 0
        rate = float(self.model.optimizer.learning_rate.numpy())
        if self.wait >= 3 and rate > 1e-6:
            self.model.optimizer.learning_rate = max(rate / 2, 1e-6)


def make_plateau_callback():
    return Halver()
