"""The decoder is given the picture beside the code."""

import keras
from keras import layers

FAULT = "sees the code and nothing besides"


def build_autoencoder(input_dim=784, latent_dim=32):
    pixels, codes = keras.Input((input_dim,)), keras.Input((latent_dim,))
    hidden = layers.Dense(256, activation="relu")(pixels)
    encoder = keras.Model(pixels, layers.Dense(latent_dim)(hidden))
    both = layers.Concatenate()([codes, pixels])
    hidden = layers.Dense(256, activation="relu")(both)
    rebuilt = layers.Dense(input_dim, activation="sigmoid")(hidden)
    decoder = keras.Model([codes, pixels], rebuilt)
    autoencoder = keras.Model(pixels, decoder([encoder(pixels), pixels]))
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder
