"""784 pixels, no image."""

import keras

FAULT = "images of shape (3, 28, 28, 1)"


def build_generator(latent_dim=100):
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(784, activation="sigmoid"),
        ]
    )
