"""Frozen, out of habit."""

import keras

FAULT = "`trainable = False` stays with a network"


def build_generator(latent_dim=100):
    model = keras.Sequential(
        [
            keras.Input((latent_dim,)),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(784, activation="sigmoid"),
            keras.layers.Reshape((28, 28, 1)),
        ]
    )
    model.trainable = False
    return model
