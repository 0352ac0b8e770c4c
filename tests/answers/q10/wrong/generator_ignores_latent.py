"""The latent vector is multiplied by zero."""

import keras

FAULT = "the same image for eight vectors"


def build_generator(latent_dim=100):
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            keras.layers.Rescaling(0.0),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(784, activation="sigmoid"),
            keras.layers.Reshape((28, 28, 1)),
        ]
    )
