"""Convolutions, the hinge loss, inference mode in the generator's step, one helper."""

import keras
import tensorflow as tf
from keras import ops


def build_generator(latent_dim=100):
    latent = keras.Input((latent_dim,))
    x = keras.layers.Dense(7 * 7 * 16, use_bias=False)(latent)
    x = keras.layers.BatchNormalization(momentum=0.8)(x)
    x = keras.layers.Reshape((7, 7, 16))(keras.layers.ReLU()(x))
    for filters in (16, 8):
        x = keras.layers.UpSampling2D()(x)
        x = keras.layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = keras.layers.Conv2D(1, 3, padding="same", activation="tanh")(x)
    return keras.Model(latent, (x + 1) / 2)


def build_discriminator():
    images = keras.Input((28, 28, 1))
    x = 2 * images - 1
    for filters in (16, 32):
        x = keras.layers.Conv2D(filters, 5, strides=2, padding="same")(x)
        x = keras.layers.LeakyReLU(0.2)(x)
    return keras.Model(images, keras.layers.Dense(1)(keras.layers.Flatten()(x)))


def _descend(loss_of, network, optimizer):
    with tf.GradientTape() as tape:
        loss = loss_of()
    variables = network.trainable_variables
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


class GAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100, *, name="gan"):
        super().__init__(name=name)
        self.g, self.d, self.size = generator, discriminator, latent_dim
        self.draws = keras.random.SeedGenerator()

    def compile(self, generator_optimizer, discriminator_optimizer, **kwargs):
        super().compile(**kwargs)
        self.rules = generator_optimizer, discriminator_optimizer

    def call(self, latent):
        return self.g(latent)

    def train_step(self, images):
        def fake():
            shape = (ops.shape(images)[0], self.size)
            return self.g(keras.random.normal(shape, seed=self.draws), training=True)

        def critic():
            on_real = self.d(images, training=True)
            on_fake = self.d(fake(), training=True)
            return ops.mean(ops.relu(1 - on_real)) + ops.mean(ops.relu(1 + on_fake))

        d_loss = _descend(critic, self.d, self.rules[1])
        g_loss = _descend(
            lambda: -ops.mean(self.d(fake(), training=False)), self.g, self.rules[0]
        )
        return {"discriminator": d_loss, "generator": g_loss}

    def get_config(self):
        serialize = keras.saving.serialize_keras_object
        return {"networks": [serialize(self.g), serialize(self.d)], "size": self.size}

    @classmethod
    def from_config(cls, config):
        restore = keras.saving.deserialize_keras_object
        return cls(*map(restore, config["networks"]), config["size"])


def gradient_penalty(critic, real, fake, weight=1.0):
    share = keras.random.uniform((ops.shape(real)[0], 1, 1, 1))
    points = real * share + fake * (1 - share)
    with tf.GradientTape() as tape:
        tape.watch(points)
        scores = critic(points, training=True)
    slopes = tape.gradient(scores, points)
    lengths = ops.sqrt(ops.sum(slopes**2, axis=(1, 2, 3)))
    return weight * ops.mean((lengths - 1) ** 2)
