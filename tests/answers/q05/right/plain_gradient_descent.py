"""SGD with momentum on a summed loss, layers applied one by one, a wide code layer."""

import keras
from keras import layers, ops


def summed_error(y_true, y_pred):
    return ops.mean(ops.sum(ops.square(y_true - y_pred), axis=-1))


def build_autoencoder(input_dim=784, latent_dim=32):
    down = [layers.Dense(300, activation="leaky_relu"), layers.Dense(latent_dim)]
    up = [
        layers.Dense(300, activation="leaky_relu"),
        layers.Dense(input_dim),
        layers.Activation("sigmoid"),
    ]

    def through(stack, x):
        for layer in stack:
            x = layer(x)
        return x

    pixels, codes = keras.Input((input_dim,)), keras.Input((latent_dim,))
    encoder = keras.Model(pixels, through(down, pixels))
    decoder = keras.Model(codes, through(up, codes))
    whole = keras.Model(pixels, through(up, through(down, pixels)))
    whole.compile(keras.optimizers.SGD(3e-3, momentum=0.9), loss=summed_error)
    return encoder, decoder, whole
