"""The plain answers, of which most of the wrong ones are edits."""

import keras
import numpy as np
from keras import layers, ops


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
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.square(errors).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share)
    return scores, threshold, scores > threshold


def kl_divergence(mean, log_var):
    terms = ops.square(mean) + ops.exp(log_var) - log_var - 1
    return ops.sum(terms, axis=-1) / 2


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal(ops.shape(mean))
        return mean + ops.exp(log_var / 2) * noise
