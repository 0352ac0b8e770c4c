"""Chance comes in with each layer, in inference too."""

import keras

FAULT = "chance comes in with the latent vector"


class Noise(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.random = keras.random.SeedGenerator()

    def call(self, x):
        return x + 0.1 * keras.random.normal(keras.ops.shape(x), seed=self.random)


def build_generator(latent_dim=100):
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            keras.layers.Dense(64, activation="leaky_relu"),
            Noise(),
            keras.layers.Dense(784),
            Noise(),
            keras.layers.Activation("sigmoid"),
            keras.layers.Reshape((28, 28, 1)),
        ]
    )
