"""The plain conditional answer, of which the wrong ones are edits."""

import keras
import tensorflow as tf
from keras import ops


class ConditionalGAN(keras.Model):
    def __init__(self, generator, discriminator, latent_dim=100, **kwargs):
        super().__init__(**kwargs)
        self.generator = generator
        self.discriminator = discriminator
        self.latent_dim = latent_dim

    def compile(self, generator_optimizer, discriminator_optimizer):
        super().compile(optimizer=None)
        self.generator_optimizer = generator_optimizer
        self.discriminator_optimizer = discriminator_optimizer

    def images_of(self, labels, training):
        noise = keras.random.normal((ops.shape(labels)[0], self.latent_dim))
        return self.generator([noise, labels], training=training)

    def draw(self, labels):
        return self.images_of(ops.convert_to_tensor(labels), training=False)

    def train_step(self, data):
        images, labels = data
        fake = self.images_of(labels, training=True)
        with tf.GradientTape() as tape:
            on_real = self.discriminator([images, labels], training=True)
            on_fake = self.discriminator([fake, labels], training=True)
            d_loss = ops.mean(ops.softplus(-on_real)) + ops.mean(ops.softplus(on_fake))
        variables = self.discriminator.trainable_variables
        gradients = tape.gradient(d_loss, variables)
        self.discriminator_optimizer.apply(gradients, variables)
        with tf.GradientTape() as tape:
            fake = self.images_of(labels, training=True)
            on_fake = self.discriminator([fake, labels], training=True)
            g_loss = ops.mean(ops.softplus(-on_fake))
        variables = self.generator.trainable_variables
        gradients = tape.gradient(g_loss, variables)
        self.generator_optimizer.apply(gradients, variables)
        return {"d_loss": d_loss, "g_loss": g_loss}
