"""Functional models, linear bottleneck, squared error: the notebook's own design."""

import keras
import numpy as np
from keras import layers


def build_autoencoder(input_dim=784, latent_dim=32):
    pixels = keras.Input((input_dim,))
    x = layers.Dense(256, activation="relu")(pixels)
    x = layers.Dense(128, activation="relu")(x)
    encoder = keras.Model(pixels, layers.Dense(latent_dim)(x), name="encoder")

    codes = keras.Input((latent_dim,))
    x = layers.Dense(128, activation="relu")(codes)
    x = layers.Dense(256, activation="relu")(x)
    outputs = layers.Dense(input_dim, activation="sigmoid")(x)
    decoder = keras.Model(codes, outputs, name="decoder")

    autoencoder = keras.Model(pixels, decoder(encoder(pixels)), name="autoencoder")
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        return np.square(x - np.asarray(autoencoder(x, training=False))).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share)
    return scores, threshold, scores > threshold
