"""Acts an epoch too soon."""

import keras

FAULT = "after 2"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "val_loss", factor=0.5, patience=2, min_lr=1e-6
    )
