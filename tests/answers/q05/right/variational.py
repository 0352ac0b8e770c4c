"""A variational one: `train_step` samples, the encoder gives the mean; no loss=."""

import keras
import tensorflow as tf
from keras import layers


class Variational(keras.Model):
    def __init__(self, body, to_mean, to_log_variance, encoder, decoder):
        super().__init__()
        self.body, self.to_mean, self.to_log_variance = body, to_mean, to_log_variance
        self.encoder, self.decoder = encoder, decoder

    def call(self, x, training=False):
        return self.decoder(self.encoder(x))

    def train_step(self, batch):
        x = batch[0] if isinstance(batch, tuple) else batch
        with tf.GradientTape() as tape:
            hidden = self.body(x)
            mean, log_variance = self.to_mean(hidden), self.to_log_variance(hidden)
            noise = tf.random.normal(tf.shape(mean))
            pixels = self.decoder(mean + tf.exp(log_variance / 2) * noise)
            error = tf.reduce_sum(tf.square(x - pixels), axis=1)
            kl = tf.reduce_sum(
                tf.square(mean) + tf.exp(log_variance) - log_variance - 1, axis=1
            )
            loss = tf.reduce_mean(error + 0.01 * kl)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        return {"loss": loss}


def build_autoencoder(input_dim=784, latent_dim=32):
    body = keras.Sequential(
        [keras.Input((input_dim,)), layers.Dense(256, activation="relu")]
    )
    to_mean, to_log_variance = layers.Dense(latent_dim), layers.Dense(latent_dim)
    encoder = keras.Model(body.inputs, to_mean(body.outputs[0]))
    decoder = keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Dense(256, activation="relu"),
            layers.Dense(input_dim, activation="sigmoid"),
        ]
    )
    model = Variational(body, to_mean, to_log_variance, encoder, decoder)
    model.compile(optimizer="adam")
    return encoder, decoder, model
