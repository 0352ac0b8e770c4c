"""ReLU at the end: nothing holds it below 1."""

import keras

FAULT = "the output isn't bounded"


def build_generator(latent_dim=100):
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(784, activation="relu"),
            keras.layers.Reshape((28, 28, 1)),
        ]
    )
