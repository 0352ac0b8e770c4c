"""Subclassed networks, least squares, and one pass of the generator for both steps."""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable("least_squares")
class Generator(keras.Model):
    def __init__(self, latent_dim=100, **kwargs):
        super().__init__(**kwargs)
        self.latent_dim = latent_dim
        self.hidden = keras.layers.Dense(96, activation="elu")
        self.pixels = keras.layers.Dense(784, activation="hard_sigmoid")

    def call(self, latent):
        return tf.reshape(self.pixels(self.hidden(latent)), (-1, 28, 28, 1))

    def get_config(self):
        return {"latent_dim": self.latent_dim}


@keras.saving.register_keras_serializable("least_squares")
class Discriminator(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.hidden = keras.layers.Dense(96, activation="elu")
        self.dropout = keras.layers.Dropout(0.2)
        self.score = keras.layers.Dense(1)

    def call(self, images, training=False):
        flat = tf.reshape(images, (-1, 784))
        return self.score(self.dropout(self.hidden(flat), training=training))


def build_generator(latent_dim=100):
    return Generator(latent_dim)


def build_discriminator():
    return Discriminator()


class GAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100, **kwargs):
        super().__init__(**kwargs)
        self.generator, self.discriminator = generator, discriminator
        self.latent_dim = latent_dim

    def compile(self, generator_optimizer, discriminator_optimizer):
        super().compile(run_eagerly=False)
        self.optimizers = [generator_optimizer, discriminator_optimizer]

    def train_step(self, images):
        noise = tf.random.normal((tf.shape(images)[0], self.latent_dim))
        with tf.GradientTape(persistent=True) as tape:
            fake = self.generator(noise, training=True)
            on_real = self.discriminator(images, training=True)
            on_fake = self.discriminator(fake, training=True)
            critic = tf.reduce_mean((on_real - 1) ** 2) + tf.reduce_mean(on_fake**2)
            artist = tf.reduce_mean((on_fake - 1) ** 2)
        networks = self.generator, self.discriminator
        for loss, network, optimizer in zip(
            (artist, critic), networks, self.optimizers, strict=True
        ):
            variables = network.trainable_variables
            optimizer.apply(tape.gradient(loss, variables), variables)
        return {"artist": artist, "critic": critic}

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
    count = tf.shape(real)[0]
    share = tf.random.uniform((count, 1, 1, 1))
    between = fake + share * (real - fake)
    with tf.GradientTape() as tape:
        tape.watch(between)
        total = tf.reduce_sum(critic(between))
    slopes = tf.norm(tf.reshape(tape.gradient(total, between), (count, -1)), axis=1)
    return tf.reduce_mean((slopes - 1.0) ** 2)


class ConditionalGAN(GAN):
    """One pass of the generator for both halves, as in `GAN`."""

    def draw(self, labels):
        noise = tf.random.normal((len(labels), self.latent_dim))
        return self.generator([noise, tf.constant(labels)], training=False).numpy()

    def train_step(self, data):
        real, labels = data
        noise = tf.random.normal((tf.shape(labels)[0], self.latent_dim))
        with tf.GradientTape(persistent=True) as tape:
            fake = self.generator([noise, labels], training=True)
            on_real = self.discriminator([real, labels], training=True)
            on_fake = self.discriminator([fake, labels], training=True)
            critic = tf.reduce_mean((on_real - 1) ** 2) + tf.reduce_mean(on_fake**2)
            artist = tf.reduce_mean((on_fake - 1) ** 2)
        networks = self.generator, self.discriminator
        for loss, network, optimizer in zip(
            (artist, critic), networks, self.optimizers, strict=True
        ):
            variables = network.trainable_variables
            optimizer.apply(tape.gradient(loss, variables), variables)
        return {"artist": artist, "critic": critic}
