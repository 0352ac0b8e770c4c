"""Two units, real and generated."""

import keras

FAULT = "scores of shape (3, 1)"


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
