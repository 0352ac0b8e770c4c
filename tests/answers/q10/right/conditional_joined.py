"""Real and generated images in one batch, real is 0, shuffled, smoothed labels."""

import keras
import tensorflow as tf


class ConditionalGAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100):
        super().__init__()
        self.g, self.d, self.size = generator, discriminator, latent_dim

    def compile(self, generator_optimizer, discriminator_optimizer):
        super().compile()
        self.rules = generator_optimizer, discriminator_optimizer

    def call(self, labels, training=False):
        """An image for each label, from noise of its own."""
        noise = tf.random.normal((tf.shape(labels)[0], self.size))
        return self.g([noise, labels], training=training)

    def draw(self, labels):
        return self(tf.convert_to_tensor(labels))

    def loss_of(self, kinds, images, labels):
        """Cross-entropy, where `kinds` is 0 for real images."""
        logits = self.d([images, labels], training=True)[:, 0]
        losses = tf.nn.sigmoid_cross_entropy_with_logits(labels=kinds, logits=logits)
        return tf.reduce_mean(losses)

    def train_step(self, data):
        images, labels = data
        real = tf.zeros(tf.shape(labels))
        # The order of a batch doesn't matter, while an image keeps its label.
        fake_labels = tf.random.shuffle(labels)
        both = tf.concat([images, self(fake_labels, training=True)], axis=0)
        both_labels = tf.concat([labels, fake_labels], axis=0)
        kinds = tf.concat([real, real + 0.9], axis=0)
        with tf.GradientTape() as tape:
            d_loss = self.loss_of(kinds, both, both_labels)
        weights = self.d.trainable_weights
        self.rules[1].apply(tape.gradient(d_loss, weights), weights)
        with tf.GradientTape() as tape:
            fake = self(labels, training=True)
            g_loss = self.loss_of(real, fake, labels)
        weights = self.g.trainable_weights
        self.rules[0].apply(tape.gradient(g_loss, weights), weights)
        return {"disc": d_loss, "gen": g_loss}
