"""The generator's step first, smoothed labels, losses kept apart."""

import keras
import tensorflow as tf

cross_entropy = tf.nn.sigmoid_cross_entropy_with_logits


def build_generator(latent_dim=100, *, hidden=(64, 128)):
    generator = keras.Sequential([keras.Input((latent_dim,))])
    for units in hidden:
        generator.add(keras.layers.Dense(units, activation="selu"))
    generator.add(keras.layers.Dense(28 * 28))
    generator.add(keras.layers.Activation("sigmoid"))
    generator.add(keras.layers.Reshape((28, 28, 1)))
    return generator


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.GaussianNoise(0.05),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(1),
            keras.layers.Flatten(),
        ]
    )


class GAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100):
        super().__init__()
        self.generator = generator
        self.discriminator = discriminator
        self.latent_dim = latent_dim

    def compile(self, generator_optimizer, discriminator_optimizer):
        super().compile(optimizer=None)
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer

    def train_step(self, images):
        noise = tf.random.normal((tf.shape(images)[0], self.latent_dim))
        with tf.GradientTape() as tape:
            fake = self.generator(noise, training=True)
            logits = self.discriminator(fake, training=True)
            g = tf.reduce_mean(cross_entropy(tf.ones_like(logits), logits))
        weights = self.generator.trainable_weights
        self.generator_optimizer.apply(tape.gradient(g, weights), weights)
        with tf.GradientTape() as tape:
            real_logits = self.discriminator(images, training=True)
            fake_logits = self.discriminator(tf.stop_gradient(fake), training=True)
            smooth = 0.9 * tf.ones_like(real_logits)
            real = tf.reduce_mean(cross_entropy(smooth, real_logits))
            fake = tf.reduce_mean(
                cross_entropy(tf.zeros_like(fake_logits), fake_logits)
            )
        weights = self.discriminator.trainable_weights
        with_both = real + fake
        gradients = tape.gradient([real, fake], weights)
        self.discriminator_optimizer.apply(gradients, weights)
        return {"g": g, "d": with_both, "d_real": real, "d_fake": fake}

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
