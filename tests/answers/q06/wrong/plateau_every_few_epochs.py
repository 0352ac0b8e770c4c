"""A step decay: halves on a calendar, however well training goes."""

import keras

FAULT = "whatever val_loss does"


def make_plateau_callback():
    return keras.callbacks.LearningRateScheduler(
        lambda epoch, lr: max(lr / 2, 1e-6) if epoch and epoch % 5 == 0 else lr
    )
