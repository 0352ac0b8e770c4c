"""A callback, not a function that makes one."""

import keras

FAULT = "a function that makes a callback"


make_plateau_callback = keras.callbacks.ReduceLROnPlateau(
    "val_loss", factor=0.5, patience=3, min_lr=1e-6
)
