"""Builds all three and forgets to return them."""

import keras
from keras import layers

FAULT = "nothing was returned"


def build_autoencoder(input_dim=784, latent_dim=32):
    encoder = keras.Sequential([keras.Input((input_dim,)), layers.Dense(latent_dim)])
    decoder = keras.Sequential(
        [keras.Input((latent_dim,)), layers.Dense(input_dim, activation="sigmoid")]
    )
    autoencoder = keras.Sequential([encoder, decoder])
    autoencoder.compile("adam", "mse")
