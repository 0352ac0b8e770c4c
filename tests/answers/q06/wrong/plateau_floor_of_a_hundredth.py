"""A floor of a hundredth of the rate."""

import keras

FAULT = "stops too early"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "val_loss", factor=0.5, patience=3, min_lr=1e-4
    )
