"""The size of the code comes first."""

import keras
from keras import layers

FAULT = "by name alone, or in another order"


def build_autoencoder(latent_dim=32, input_dim=784):
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
