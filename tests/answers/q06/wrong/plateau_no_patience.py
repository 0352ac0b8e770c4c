"""Acts on the first bad epoch."""

import keras

FAULT = "after 1"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "val_loss", factor=0.5, patience=1, min_lr=1e-6
    )
