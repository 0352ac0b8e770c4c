"""Rests after each cut."""

import keras

FAULT = "rests first"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "val_loss", factor=0.5, patience=3, min_lr=1e-6, cooldown=2
    )
