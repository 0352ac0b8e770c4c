"""The model is built, and not returned."""

import keras

FAULT = "nothing was returned"


def build_generator(latent_dim=100):
    keras.Sequential(
        [
            keras.Input((latent_dim,)),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(784, activation="sigmoid"),
            keras.layers.Reshape((28, 28, 1)),
        ]
    )
