"""Watches the training loss."""

import keras

FAULT = "watches the training loss"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "loss", factor=0.5, patience=3, min_lr=1e-6
    )
