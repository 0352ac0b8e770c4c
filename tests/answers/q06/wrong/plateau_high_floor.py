"""The floor is half of the usual starting rate."""

import keras

FAULT = "stops too early"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "val_loss", factor=0.5, patience=3, min_lr=5e-3
    )
