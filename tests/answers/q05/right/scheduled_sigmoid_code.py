"""A code between 0 and 1, cross-entropy, and a rate that follows a schedule."""

import keras
import numpy as np
from keras import layers, ops


def build_autoencoder(input_dim=784, latent_dim=32):
    encoder = keras.Sequential(name="to_code")
    encoder.add(keras.Input((input_dim,)))
    encoder.add(layers.Dense(200, activation="swish"))
    encoder.add(layers.Dense(latent_dim, activation="sigmoid"))
    decoder = keras.Sequential(name="to_pixels")
    decoder.add(keras.Input((latent_dim,)))
    decoder.add(layers.Dense(200, activation="swish"))
    decoder.add(layers.Dense(input_dim, activation="sigmoid"))
    autoencoder = keras.Sequential([encoder, decoder])
    rate = keras.optimizers.schedules.CosineDecay(3e-3, 20_000, alpha=0.1)
    autoencoder.compile(
        keras.optimizers.RMSprop(rate), keras.losses.BinaryCrossentropy()
    )
    return encoder, decoder, autoencoder


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        return np.mean((autoencoder.predict(x, verbose=0) - x) ** 2, axis=-1)

    usual, scores = np.sort(score(x_normal)), score(x_new)
    threshold = usual[int(np.ceil((1 - share) * len(usual))) - 1]
    return scores, threshold, (scores > threshold).astype("uint8")


def kl_divergence(mean, log_var):
    return -0.5 * ops.sum(1 + log_var - mean**2 - ops.exp(log_var), axis=-1)


class Sampling(layers.Layer):
    """With a seed of its own, and the mode in its signature."""

    def __init__(self, seed=None, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, inputs, training=None):
        mean, log_var = inputs
        deviation = ops.sqrt(ops.exp(log_var))
        shape = ops.shape(deviation)
        return mean + deviation * keras.random.normal(shape, seed=self.seed_generator)

    def get_config(self):
        return {**super().get_config(), "seed": self.seed}
