"""The second round in TensorFlow's own functions, by way of the deviation."""

import keras
import tensorflow as tf


def build_autoencoder(input_dim=784, latent_dim=32):
    layers = keras.layers
    encoder = keras.Sequential(
        [keras.Input((input_dim,)), layers.Dense(200, "elu"), layers.Dense(latent_dim)]
    )
    decoder = keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Dense(200, "elu"),
            layers.Dense(input_dim, "sigmoid"),
        ]
    )
    autoencoder = keras.Sequential([encoder, decoder])
    autoencoder.compile("adam", "mse")
    return encoder, decoder, autoencoder


def kl_divergence(mean, log_var):
    deviation = tf.exp(0.5 * log_var)
    each = 0.5 * (mean**2 + deviation**2 - 1) - tf.math.log(deviation)
    return tf.reduce_sum(each, axis=1)


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        return tf.random.normal(tf.shape(mean)) * tf.exp(0.5 * log_var) + mean
