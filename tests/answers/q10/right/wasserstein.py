"""A critic without bounds, three steps for each of the generator's, and a penalty."""

import keras
import tensorflow as tf


def gradient_penalty(critic, real, fake):
    share = tf.random.uniform((tf.shape(real)[0], 1, 1, 1))
    between = share * real + (1 - share) * fake
    with tf.GradientTape() as tape:
        tape.watch(between)
        score = critic(between, training=True)
    gradients = tape.gradient(score, between)
    lengths = tf.sqrt(tf.reduce_sum(tf.square(gradients), axis=(1, 2, 3)) + 1e-12)
    return tf.reduce_mean(tf.square(lengths - 1))


def build_generator(latent_dim=100):
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            keras.layers.Dense(128),
            keras.layers.LayerNormalization(),
            keras.layers.Activation("gelu"),
            keras.layers.Dense(784),
            keras.layers.Reshape((28, 28, 1)),
            keras.layers.Activation("sigmoid"),
        ]
    )


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="leaky_relu"),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(1),
        ]
    )


class GAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100, critic_steps=3):
        super().__init__()
        self.generator = generator
        self.discriminator = discriminator
        self.latent_dim = latent_dim
        self.critic_steps = critic_steps

    def compile(self, generator_optimizer, discriminator_optimizer):
        super().compile()
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer

    def _noise(self, images):
        return tf.random.normal((tf.shape(images)[0], self.latent_dim))

    def train_step(self, images):
        for _ in range(self.critic_steps):
            fake = self.generator(self._noise(images), training=True)
            with tf.GradientTape() as tape:
                on_real = self.discriminator(images, training=True)
                on_fake = self.discriminator(fake, training=True)
                critic_loss = tf.reduce_mean(on_fake) - tf.reduce_mean(on_real)
                critic_loss += 10.0 * gradient_penalty(self.discriminator, images, fake)
            variables = self.discriminator.trainable_variables
            gradients = tape.gradient(critic_loss, variables)
            self.discriminator_optimizer.apply(gradients, variables)
        with tf.GradientTape() as tape:
            fake = self.generator(self._noise(images), training=True)
            generator_loss = -tf.reduce_mean(self.discriminator(fake, training=True))
        variables = self.generator.trainable_variables
        gradients = tape.gradient(generator_loss, variables)
        self.generator_optimizer.apply(gradients, variables)
        return {"critic_loss": critic_loss, "generator_loss": generator_loss}

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
