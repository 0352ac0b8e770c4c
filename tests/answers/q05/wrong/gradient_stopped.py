"""The gradient is stopped at the code."""

import keras
from keras import layers

FAULT = "no gradient reaches it"


def build_autoencoder(input_dim=784, latent_dim=32):
    pixels = keras.Input((input_dim,))
    x = layers.Dense(256, activation="relu")(pixels)
    code = layers.Dense(latent_dim)(x)
    encoder = keras.Model(pixels, code, name="encoder")

    codes = keras.Input((latent_dim,))
    x = layers.Dense(256, activation="relu")(codes)
    outputs = layers.Dense(input_dim, activation="sigmoid")(x)
    decoder = keras.Model(codes, outputs, name="decoder")

    stopped = keras.ops.stop_gradient(encoder(pixels))
    autoencoder = keras.Model(pixels, decoder(stopped))
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder
