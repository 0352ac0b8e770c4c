"""One callback object for every training."""

import keras

FAULT = "the same one twice"


CALLBACK = keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=3, min_lr=1e-6)


def make_plateau_callback():
    return CALLBACK
