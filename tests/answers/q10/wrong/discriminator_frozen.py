"""Comes frozen, as the textbook leaves it."""

import keras

FAULT = "the discriminator comes frozen"


def build_discriminator():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(1),
        ]
    )
    model.trainable = False
    return model
