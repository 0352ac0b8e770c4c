"""The first layer is a fixed random projection; both halves learn all the same."""

import keras
import numpy as np
from keras import layers


def build_autoencoder(input_dim=784, latent_dim=32):
    encoder = keras.Sequential(
        [
            keras.Input((input_dim,)),
            layers.Dense(400, activation="relu", trainable=False),
            layers.Dense(latent_dim),
        ]
    )
    decoder = keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(input_dim, activation="sigmoid"),
        ]
    )
    autoencoder = keras.Sequential([encoder, decoder])
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        return np.square(x - autoencoder.predict_on_batch(x)).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share, method="lower")
    return scores, threshold, scores > threshold
