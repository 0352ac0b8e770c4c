"""The decoder multiplies by the encoder's own kernels, transposed."""

import keras
from keras import layers, ops


class Transposed(layers.Layer):
    def __init__(self, dense, activation):
        super().__init__()
        self.dense = dense
        self.activation = keras.activations.get(activation)

    def build(self, input_shape):
        self.bias = self.add_weight(
            shape=(self.dense.kernel.shape[0],), initializer="zeros"
        )

    def call(self, x):
        kernel = ops.transpose(self.dense.kernel)
        return self.activation(ops.matmul(x, kernel) + self.bias)


def build_autoencoder(input_dim=784, latent_dim=32):
    wide, narrow = layers.Dense(256, activation="relu"), layers.Dense(latent_dim)
    encoder = keras.Sequential([keras.Input((input_dim,)), wide, narrow])
    decoder = keras.Sequential(
        [
            keras.Input((latent_dim,)),
            Transposed(narrow, "relu"),
            Transposed(wide, "sigmoid"),
        ]
    )
    autoencoder = keras.Sequential([encoder, decoder])
    autoencoder.compile("adam", keras.losses.BinaryCrossentropy(label_smoothing=0.01))
    return encoder, decoder, autoencoder
