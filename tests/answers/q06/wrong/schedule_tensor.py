"""Keras's own docstring example: a tensor comes back."""

import keras

FAULT = "takes Python's or NumPy's floats alone"


def schedule(epoch, lr):
    if epoch < 10:
        return lr
    return lr * keras.ops.exp(-0.1)
