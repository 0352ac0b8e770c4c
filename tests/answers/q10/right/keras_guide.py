"""Joined batches, real is 0 and generated is 1, a little noise on the labels."""

import keras
import tensorflow as tf
from keras import layers, ops


def build_generator(latent_dim=100, width=64):
    inputs = keras.Input((latent_dim,))
    x = layers.Dense(7 * 7 * width)(inputs)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Reshape((7, 7, width))(x)
    x = layers.Conv2DTranspose(width, 4, strides=2, padding="same")(x)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Conv2DTranspose(width, 4, strides=2, padding="same")(x)
    x = layers.LeakyReLU(0.2)(x)
    outputs = layers.Conv2D(1, 7, padding="same", activation="sigmoid")(x)
    return keras.Model(inputs, outputs)


def build_discriminator(width=32):
    inputs = keras.Input((28, 28, 1))
    x = layers.Conv2D(width, 3, strides=2, padding="same")(inputs)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.Conv2D(width, 3, strides=2, padding="same")(x)
    x = layers.LeakyReLU(0.2)(x)
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(inputs, layers.Dense(1)(x))


class GAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100, **kwargs):
        super().__init__(**kwargs)
        self.generator = generator
        self.discriminator = discriminator
        self.latent_dim = latent_dim
        self.seed = keras.random.SeedGenerator(1337)
        self.trackers = [keras.metrics.Mean(name) for name in ("disc", "gen")]
        self.cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)

    def compile(self, generator_optimizer, discriminator_optimizer, **kwargs):
        super().compile(**kwargs)
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer

    @property
    def metrics(self):
        return self.trackers

    def train_step(self, real):
        size = ops.shape(real)[0]
        noise = keras.random.normal((size, self.latent_dim), seed=self.seed)
        combined = ops.concatenate([self.generator(noise), real])
        labels = ops.concatenate([ops.ones((size, 1)), ops.zeros((size, 1))])
        labels += 0.05 * keras.random.uniform(ops.shape(labels), seed=self.seed)
        with tf.GradientTape() as tape:
            d_loss = self.cross_entropy(labels, self.discriminator(combined))
        gradients = tape.gradient(d_loss, self.discriminator.trainable_weights)
        self.discriminator_optimizer.apply_gradients(
            zip(gradients, self.discriminator.trainable_weights, strict=True)
        )
        noise = keras.random.normal((size, self.latent_dim), seed=self.seed)
        misleading = ops.zeros((size, 1))
        with tf.GradientTape() as tape:
            scores = self.discriminator(self.generator(noise))
            g_loss = self.cross_entropy(misleading, scores)
        gradients = tape.gradient(g_loss, self.generator.trainable_weights)
        self.generator_optimizer.apply_gradients(
            zip(gradients, self.generator.trainable_weights, strict=True)
        )
        for tracker, loss in zip(self.trackers, (d_loss, g_loss), strict=True):
            tracker.update_state(loss)
        return {m.name: m.result() for m in self.trackers}

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
