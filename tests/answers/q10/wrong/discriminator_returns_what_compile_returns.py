"""`compile` returns None."""

import keras

FAULT = "nothing was returned"


def build_discriminator():
    discriminator = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    return discriminator.compile("adam", "binary_crossentropy")
