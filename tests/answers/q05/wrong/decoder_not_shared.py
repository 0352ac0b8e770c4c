"""The decoder is a clone with copied weights: equal before training, not after."""

import keras
from keras import layers

FAULT = "decoder returned: it doesn't share its weights"


def build_autoencoder(input_dim=784, latent_dim=32):
    encoder = keras.Sequential(
        [
            keras.Input((input_dim,)),
            layers.Dense(256, activation="relu"),
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
    copy = keras.models.clone_model(decoder)
    copy.set_weights(decoder.get_weights())
    return encoder, copy, autoencoder
