"""Real and generated images in one batch, real is 0, shuffled, smoothed labels."""

import keras
import tensorflow as tf
from keras import ops


class ConditionalGAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100, **kwargs):
        super().__init__(**kwargs)
        self.generator = generator
        self.discriminator = discriminator
        self.latent_dim = latent_dim
        self.seed = keras.random.SeedGenerator(7)
        self.cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)
        self.disc_tracker = keras.metrics.Mean(name="disc")
        self.gen_tracker = keras.metrics.Mean(name="gen")

    def compile(self, generator_optimizer, discriminator_optimizer, **kwargs):
        super().compile(**kwargs)
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer

    def draw(self, labels):
        labels = ops.cast(labels, "int32")
        noise = keras.random.normal((len(labels), self.latent_dim), seed=self.seed)
        return self.generator([noise, labels], training=False)

    def train_step(self, data):
        images, labels = data
        size = ops.shape(labels)[0]
        # The order of a batch doesn't matter, while an image keeps its label.
        order = tf.random.shuffle(ops.arange(size))
        fake_labels = ops.take(labels, order)
        noise = keras.random.normal((size, self.latent_dim), seed=self.seed)
        fake = self.generator([noise, fake_labels], training=True)
        both = ops.concatenate([images, fake])
        both_labels = ops.concatenate([labels, fake_labels])
        kinds = ops.concatenate([ops.zeros((size, 1)), 0.9 * ops.ones((size, 1))])
        with tf.GradientTape() as tape:
            logits = self.discriminator([both, both_labels], training=True)
            d_loss = self.cross_entropy(kinds, logits)
        weights = self.discriminator.trainable_weights
        self.discriminator_optimizer.apply(tape.gradient(d_loss, weights), weights)
        noise = keras.random.normal((size, self.latent_dim), seed=self.seed)
        with tf.GradientTape() as tape:
            fake = self.generator([noise, labels], training=True)
            logits = self.discriminator([fake, labels], training=True)
            g_loss = self.cross_entropy(ops.zeros((size, 1)), logits)
        weights = self.generator.trainable_weights
        self.generator_optimizer.apply(tape.gradient(g_loss, weights), weights)
        self.disc_tracker.update_state(d_loss, sample_weight=size)
        self.gen_tracker.update_state(g_loss, sample_weight=size)
        return {m.name: m.result() for m in (self.disc_tracker, self.gen_tracker)}
