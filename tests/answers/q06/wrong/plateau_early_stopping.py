"""Another callback with a patience."""

import keras

FAULT = "never fires"


def make_plateau_callback():
    return keras.callbacks.EarlyStopping("val_loss", patience=3)
