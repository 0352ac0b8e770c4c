"""The class, not an object of it."""

import keras

FAULT = "which isn't one"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau
