"""Absolute error on a code behind a tanh: white for longer than the check waits."""

import keras
from keras import layers


def build_autoencoder(input_dim=784, latent_dim=32):
    pixels, codes = keras.Input((input_dim,)), keras.Input((latent_dim,))
    x = layers.Dense(128, activation="relu")(pixels)
    encoder = keras.Model(pixels, layers.Dense(latent_dim, activation="tanh")(x))
    x = layers.Dense(128, activation="relu")(codes)
    decoder = keras.Model(codes, layers.Dense(input_dim, activation="sigmoid")(x))
    autoencoder = keras.Model(pixels, decoder(encoder(pixels)))
    autoencoder.compile("adam", "mae")
    return encoder, decoder, autoencoder
