"""The textbook: 32 is written into the bottleneck and the decoder."""

import keras
from keras import layers

FAULT = "32 is hard-coded"


def build_autoencoder(input_dim=784, latent_dim=32):
    pixels = keras.Input((input_dim,))
    x = layers.Dense(256, activation="relu")(pixels)
    code = layers.Dense(32, activation="relu")(x)
    encoder = keras.Model(pixels, code, name="encoder")

    codes = keras.Input((32,))
    x = layers.Dense(256, activation="relu")(codes)
    outputs = layers.Dense(input_dim, activation="sigmoid")(x)
    decoder = keras.Model(codes, outputs, name="decoder")

    autoencoder = keras.Model(pixels, decoder(encoder(pixels)))
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder
