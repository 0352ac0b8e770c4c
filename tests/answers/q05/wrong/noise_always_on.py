"""Noise is added to the code whether it trains or not."""

import keras
from keras import layers

FAULT = "left on in inference"


class Noise(layers.Layer):
    def call(self, x):
        return x + keras.random.normal(keras.ops.shape(x), stddev=0.1)


def build_autoencoder(input_dim=784, latent_dim=32):
    encoder = keras.Sequential(
        [
            keras.Input((input_dim,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(latent_dim),
            Noise(),
        ]
    )
    decoder = keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(input_dim, activation="sigmoid"),
        ]
    )
    autoencoder = keras.Sequential([encoder, decoder])
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder
