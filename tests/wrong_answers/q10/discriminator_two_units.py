"""Two units, real and generated."""

import keras

FAULT = "one number for each image"


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(2, activation="softmax"),
        ]
    )
