"""A tenth instead of a half."""

import keras

FAULT = "half of the rate"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau("val_loss", patience=3, min_lr=1e-6)
