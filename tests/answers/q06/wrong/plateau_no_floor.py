"""No min_lr."""

import keras

FAULT = "never falls below"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau("val_loss", factor=0.5, patience=3)
