"""Generators of one size share their first layer."""

import keras

FAULT = "weights that both have"


FIRST = {}


def build_generator(latent_dim=100):
    if latent_dim not in FIRST:
        FIRST[latent_dim] = keras.layers.Dense(64, activation="leaky_relu")
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            FIRST[latent_dim],
            keras.layers.Dense(784, activation="sigmoid"),
            keras.layers.Reshape((28, 28, 1)),
        ]
    )
