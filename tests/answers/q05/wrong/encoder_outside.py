"""Encoders are kept by their size, so that all autoencoders train one of them."""

import keras
from keras import layers

FAULT = "weights that both have"


FIRST = {}


def build_autoencoder(input_dim=784, latent_dim=32):
    encoder = keras.Sequential(
        [
            keras.Input((input_dim,)),
            FIRST.setdefault(input_dim, layers.Dense(128, "relu")),
            layers.Dense(latent_dim),
        ]
    )
    decoder = keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Dense(128, activation="relu"),
            layers.Dense(input_dim, activation="sigmoid"),
        ]
    )
    image = keras.Input((input_dim,))
    autoencoder = keras.Model(image, decoder(encoder(image)))
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder
