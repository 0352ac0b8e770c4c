"""Wants each improvement to be a large one."""

import keras

FAULT = "small improvements don't count"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "val_loss", factor=0.5, patience=3, min_lr=1e-6, min_delta=0.5
    )
