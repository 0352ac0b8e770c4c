"""Other names for the arguments."""

import keras
from keras import layers

FAULT = "the signature is"


def build_autoencoder(pixels=784, size=32):
    image = keras.Input((pixels,))
    x = layers.Dense(256, activation="relu")(image)
    code = layers.Dense(size)(x)
    encoder = keras.Model(image, code, name="encoder")

    codes = keras.Input((size,))
    x = layers.Dense(256, activation="relu")(codes)
    outputs = layers.Dense(pixels, activation="sigmoid")(x)
    decoder = keras.Model(codes, outputs, name="decoder")

    autoencoder = keras.Model(image, decoder(encoder(image)))
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder
