"""The textbook: 784 is written into the decoder."""

import keras
from keras import layers

FAULT = "pictures of shape (5, 100)"


def build_autoencoder(input_dim=784, latent_dim=32):
    pixels = keras.Input((input_dim,))
    x = layers.Dense(256, activation="relu")(pixels)
    code = layers.Dense(latent_dim)(x)
    encoder = keras.Model(pixels, code, name="encoder")

    codes = keras.Input((latent_dim,))
    x = layers.Dense(256, activation="relu")(codes)
    outputs = layers.Dense(784, activation="sigmoid")(x)
    decoder = keras.Model(codes, outputs, name="decoder")

    autoencoder = keras.Model(pixels, decoder(encoder(pixels)))
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder
