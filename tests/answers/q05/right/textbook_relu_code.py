"""The textbook's sizes and ReLU code, sequential, with cross-entropy."""

import keras
from keras import layers
from keras.layers import Dense


def build_autoencoder(input_dim=784, latent_dim=32):
    encoder = keras.Sequential(
        [
            layers.Input((input_dim,)),
            Dense(256, activation="relu"),
            Dense(128, activation="relu"),
            Dense(latent_dim, activation="relu"),
        ]
    )
    decoder = keras.Sequential(
        [
            layers.Input((latent_dim,)),
            Dense(128, activation="relu"),
            Dense(256, activation="relu"),
            Dense(input_dim, activation="sigmoid"),
        ]
    )
    autoencoder = keras.Sequential([encoder, decoder])
    autoencoder.compile(optimizer="adam", loss="binary_crossentropy")
    return encoder, decoder, autoencoder


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    mse = lambda x: ((autoencoder.predict(x, verbose=0) - x) ** 2).mean(1)  # noqa: E731
    scores, usual = mse(x_new), sorted(mse(x_normal))
    threshold = usual[-round(share * len(usual)) - 1]
    return scores, threshold, scores > threshold
