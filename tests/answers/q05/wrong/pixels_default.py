"""28 pixels where nobody says how many."""

import keras
from keras import layers

FAULT = "a size is written into a layer"


def build_autoencoder(input_dim=28 * 27, latent_dim=32):
    encoder = keras.Sequential(
        [
            keras.Input((input_dim,)),
            layers.Dense(128, activation="relu"),
            layers.Dense(latent_dim),
        ]
    )
    decoder = keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Dense(128, activation="relu"),
            layers.Dense(input_dim, activation="sigmoid"),
        ]
    )
    image = keras.Input((input_dim,))
    autoencoder = keras.Model(image, decoder(encoder(image)))
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder
