"""Takes a higher loss for a better one."""

import keras

FAULT = "a higher loss for a better one"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "val_loss", mode="max", factor=0.5, patience=3, min_lr=1e-6
    )
