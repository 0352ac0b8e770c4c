"""Softmax over one unit is always 1."""

import keras

FAULT = "Can the output go both ways"


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(1, activation="softmax"),
        ]
    )
