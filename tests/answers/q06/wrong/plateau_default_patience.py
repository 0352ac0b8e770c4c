"""Keras's own patience."""

import keras

FAULT = "after 10"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau("val_loss", factor=0.5, min_lr=1e-6)
