"""The plain answers, of which most of the wrong ones are edits.

Beside the usual loss the generator is asked to be varied, not to be real.
"""

import keras
import tensorflow as tf
from keras import ops


def build_generator(latent_dim=100):
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(784, activation="sigmoid"),
            keras.layers.Reshape((28, 28, 1)),
        ]
    )


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(1),
        ]
    )


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


def gradient_penalty(critic, real, fake):
    share = tf.random.uniform((tf.shape(real)[0], 1, 1, 1))
    between = share * real + (1 - share) * fake
    with tf.GradientTape() as tape:
        tape.watch(between)
        score = critic(between, training=True)
    gradients = tape.gradient(score, between)
    lengths = tf.sqrt(tf.reduce_sum(tf.square(gradients), axis=(1, 2, 3)) + 1e-12)
    return tf.reduce_mean(tf.square(lengths - 1))
