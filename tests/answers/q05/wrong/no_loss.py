"""Compiled with an optimizer alone."""

import keras
from keras import layers

FAULT = "without a loss"


def build_autoencoder(input_dim=784, latent_dim=32):
    pixels = keras.Input((input_dim,))
    x = layers.Dense(256, activation="relu")(pixels)
    code = layers.Dense(latent_dim)(x)
    encoder = keras.Model(pixels, code, name="encoder")

    codes = keras.Input((latent_dim,))
    x = layers.Dense(256, activation="relu")(codes)
    outputs = layers.Dense(input_dim, activation="sigmoid")(x)
    decoder = keras.Model(codes, outputs, name="decoder")

    autoencoder = keras.Model(pixels, decoder(encoder(pixels)))
    autoencoder.compile("adam")
    return encoder, decoder, autoencoder
