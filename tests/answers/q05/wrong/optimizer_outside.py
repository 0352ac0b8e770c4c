"""The optimizer stands outside: the second autoencoder is given the first one's."""

import keras
from keras import layers

FAULT = "one optimizer for both"


ADAM = keras.optimizers.Adam(3e-3)


def build_autoencoder(input_dim=784, latent_dim=32):
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
    autoencoder.compile(ADAM, "mse")
    return encoder, decoder, autoencoder
