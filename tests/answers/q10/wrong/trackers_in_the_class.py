"""The metrics stand in the class: all GANs count with them."""

import keras
import tensorflow as tf
from keras import ops

FAULT = "that both have"


D_LOSS = keras.metrics.Mean(name="d_loss")
G_LOSS = keras.metrics.Mean(name="g_loss")


class GAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100, **kwargs):
        super().__init__(**kwargs)
        self.generator = generator
        self.discriminator = discriminator
        self.latent_dim = latent_dim
        self.random = keras.random.SeedGenerator()
        self.trackers = [D_LOSS, G_LOSS]

    def compile(self, generator_optimizer, discriminator_optimizer):
        super().compile(optimizer=None)
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer

    def noise(self, images):
        shape = (ops.shape(images)[0], self.latent_dim)
        return keras.random.normal(shape, seed=self.random)

    def train_step(self, images):
        fake = self.generator(self.noise(images), training=True)
        with tf.GradientTape() as tape:
            real_logits = self.discriminator(images, training=True)
            fake_logits = self.discriminator(fake, training=True)
            d_loss = ops.mean(ops.softplus(-real_logits) + ops.softplus(fake_logits))
        variables = self.discriminator.trainable_variables
        gradients = tape.gradient(d_loss, variables)
        self.discriminator_optimizer.apply(gradients, variables)
        with tf.GradientTape() as tape:
            fake = self.generator(self.noise(images), training=True)
            fake_logits = self.discriminator(fake, training=True)
            g_loss = ops.mean(ops.softplus(-fake_logits))
            g_loss -= 0.1 * ops.mean(ops.abs(fake - ops.flip(fake, axis=0)))
        variables = self.generator.trainable_variables
        gradients = tape.gradient(g_loss, variables)
        self.generator_optimizer.apply(gradients, variables)
        D_LOSS.update_state(d_loss)
        G_LOSS.update_state(g_loss)
        return {"d_loss": D_LOSS.result(), "g_loss": G_LOSS.result()}

    def get_config(self):
        serialize = keras.saving.serialize_keras_object
        return {
            "generator": serialize(self.generator),
            "discriminator": serialize(self.discriminator),
            "latent_dim": self.latent_dim,
        }

    @classmethod
    def from_config(cls, config):
        restore = keras.saving.deserialize_keras_object
        return cls(
            restore(config["generator"]),
            restore(config["discriminator"]),
            config["latent_dim"],
        )
