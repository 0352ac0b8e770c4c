"""The encoder that is returned is built a second time: it is never trained."""

import keras
from keras import layers

FAULT = "encoder returned: it doesn't share its weights"


def make_encoder(input_dim, latent_dim):
    return keras.Sequential(
        [
            keras.Input((input_dim,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(latent_dim),
        ]
    )


def make_decoder(input_dim, latent_dim):
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(input_dim, activation="sigmoid"),
        ]
    )


def build_autoencoder(input_dim=784, latent_dim=32):
    decoder = make_decoder(input_dim, latent_dim)
    autoencoder = keras.Sequential([make_encoder(input_dim, latent_dim), decoder])
    autoencoder.compile("adam", "mse")
    return make_encoder(input_dim, latent_dim), decoder, autoencoder
