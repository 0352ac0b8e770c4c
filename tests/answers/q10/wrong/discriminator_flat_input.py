"""Takes 784 pixels, not images."""

import keras

FAULT = "images come as (batch, 28, 28, 1)"


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((784,)),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(1),
        ]
    )
