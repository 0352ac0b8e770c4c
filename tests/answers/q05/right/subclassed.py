"""Subclassed models without `.inputs`, tanh code, Huber loss, AdamW, a list back."""

import keras
import numpy as np
from keras import layers, ops


class Stack(keras.Model):
    def __init__(self, widths, last):
        super().__init__()
        self.hidden = [layers.Dense(w, activation="gelu") for w in widths[:-1]]
        self.final = layers.Dense(widths[-1], activation=last)

    def call(self, x):
        for layer in self.hidden:
            x = layer(x)
        return self.final(x)


class Autoencoder(keras.Model):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder, self.decoder = encoder, decoder

    def call(self, x):
        return self.decoder(self.encoder(x))


def build_autoencoder(input_dim=784, latent_dim=32, width=200):
    encoder = Stack([width, latent_dim], "tanh")
    decoder = Stack([width, input_dim], "sigmoid")
    autoencoder = Autoencoder(encoder, decoder)
    autoencoder.compile(keras.optimizers.AdamW(1e-3), keras.losses.Huber(0.5))
    return [encoder, decoder, autoencoder]


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def errors(x):
        reconstruction = autoencoder(ops.convert_to_tensor(x))
        return ops.convert_to_numpy(keras.losses.mean_squared_error(x, reconstruction))

    scores, usual = errors(x_new), errors(x_normal)
    threshold = float(np.percentile(usual, 100 * (1 - share), method="higher"))
    return scores, threshold, np.greater(scores, threshold)
