"""Watches a metric that a regression doesn't have."""

import keras

FAULT = "a metric which not every model has"


def make_plateau_callback():
    return keras.callbacks.ReduceLROnPlateau(
        "val_accuracy", factor=0.5, patience=3, min_lr=1e-6
    )
