"""Noise on the way in, dropout, batch normalisation; clipped output, absolute error."""

import keras
from keras import layers


def build_autoencoder(input_dim=784, latent_dim=32):
    inputs = keras.Input((input_dim,))
    x = layers.GaussianNoise(0.1)(inputs)
    x = layers.Dense(256, use_bias=False)(x)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.Dropout(0.05)(x)
    encoder = keras.Model(inputs, layers.Dense(latent_dim, activation="elu")(x))
    codes = keras.Input((latent_dim,))
    x = layers.Dense(256, activation="elu")(codes)
    x = layers.Dense(input_dim, activation="hard_sigmoid")(x)
    decoder = keras.Model(codes, x)
    autoencoder = keras.Model(inputs, decoder(encoder.outputs[0]))
    autoencoder.compile(optimizer=keras.optimizers.Nadam(2e-3), loss="mae")
    return encoder, decoder, autoencoder
