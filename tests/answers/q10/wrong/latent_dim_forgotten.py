"""`get_config` forgets `latent_dim`: a loaded GAN draws 100 numbers."""

import keras
import tensorflow as tf
from keras import ops

FAULT = "vectors that don't fit its generator"


class GAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100, **kwargs):
        super().__init__(**kwargs)
        self.generator = generator
        self.discriminator = discriminator
        self.latent_dim = latent_dim
        self.random = keras.random.SeedGenerator()

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
        return {"d_loss": d_loss, "g_loss": g_loss}

    def get_config(self):
        serialize = keras.saving.serialize_keras_object
        return {
            "generator": serialize(self.generator),
            "discriminator": serialize(self.discriminator),
        }

    @classmethod
    def from_config(cls, config):
        restore = keras.saving.deserialize_keras_object
        return cls(restore(config["generator"]), restore(config["discriminator"]))
