"""The models and loops that many tutorials show, in code of our own.

They are repaired so that they run on Keras 3. `ways` and `races` measure our answers
against them.
"""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def cnn() -> keras.Model:
    """Question 1: three blocks, batch normalisation after the activation."""
    model = keras.Sequential([keras.Input((28, 28, 1))])
    for filters, pooled in ((32, True), (64, True), (64, False)):
        model.add(layers.Conv2D(filters, 3, activation="relu"))
        model.add(layers.BatchNormalization())
        if pooled:
            model.add(layers.MaxPooling2D())
    for layer in (layers.Flatten(), layers.Dense(128, activation="relu")):
        model.add(layer)
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def lstm(vocab_size: int) -> keras.Model:
    """Question 2: stacked LSTMs without a mask."""
    model = keras.Sequential([layers.Embedding(vocab_size, 128)])
    for units, sequences in ((64, True), (32, False)):
        model.add(layers.LSTM(units, return_sequences=sequences))
        model.add(layers.Dropout(0.2))
    return _classified(model)


def multi_input() -> keras.Model:
    """Question 3: convolutions at full size, averaged; measurements as they come."""
    image, metadata = keras.Input((64, 64, 3)), keras.Input((10,))
    seen = layers.Conv2D(32, 3, activation="relu")(image)
    seen = layers.Conv2D(64, 3, activation="relu")(layers.MaxPooling2D()(seen))
    told = layers.Dense(32, activation="relu")(metadata)
    told = layers.Dense(16, activation="relu")(told)
    merged = layers.Concatenate()([layers.GlobalAveragePooling2D()(seen), told])
    merged = layers.Dropout(0.3)(layers.Dense(64, activation="relu")(merged))
    outputs = layers.Dense(5, activation="softmax")(merged)
    model = keras.Model({"image": image, "metadata": metadata}, outputs)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def training_loop(model, optimizer, loss_fn, train, val, epochs: int) -> None:
    """Question 4: Keras's metrics and two compiled steps."""
    means = [keras.metrics.Mean() for _ in range(2)]
    scores = [keras.metrics.BinaryAccuracy() for _ in range(2)]

    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            predictions = model(x, training=True)
            loss = loss_fn(y, predictions)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(
            zip(gradients, model.trainable_variables, strict=True)
        )
        means[0].update_state(loss)
        scores[0].update_state(y, predictions)

    @tf.function
    def val_step(x, y):
        predictions = model(x, training=False)
        means[1].update_state(loss_fn(y, predictions))
        scores[1].update_state(y, predictions)

    for _ in range(epochs):
        for metric in (*means, *scores):
            metric.reset_state()
        for x, y in train:
            train_step(x, y[:, None])
        for x, y in val:
            val_step(x, y[:, None])


def autoencoder() -> keras.Model:
    """Question 5: a rectified bottleneck."""
    model = keras.Sequential([keras.Input((784,))])
    for units in (256, 128, 32, 128, 256):
        model.add(layers.Dense(units, activation="relu"))
    model.add(layers.Dense(784, activation="sigmoid"))
    model.compile("adam", "mse")
    return model


def siamese() -> keras.Model:
    """Question 7: averaged features, and a classifier over their differences."""
    image = keras.Input((28, 28, 1))
    found = layers.MaxPooling2D()(layers.Conv2D(32, 3, activation="relu")(image))
    found = layers.Conv2D(64, 3, activation="relu")(found)
    found = layers.GlobalAveragePooling2D()(found)
    encoder = keras.Model(image, layers.Dense(128, activation="relu")(found))
    left, right = keras.Input((28, 28, 1)), keras.Input((28, 28, 1))
    apart = keras.ops.abs(encoder(left) - encoder(right))
    model = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(apart))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


class AttentionPooling(layers.Layer):
    """Question 9: additive attention that gives padding weights too."""

    def build(self, shape):
        self.w = self.add_weight(shape=(shape[-1], 64))
        self.b = self.add_weight(shape=(64,), initializer="zeros")
        self.u = self.add_weight(shape=(64,))

    def call(self, x):
        score = tf.tanh(tf.tensordot(x, self.w, axes=1) + self.b)
        weights = tf.nn.softmax(tf.tensordot(score, self.u, axes=1), axis=1)
        return tf.reduce_sum(x * weights[..., None], axis=1)


def attention(vocab_size: int, pooling: layers.Layer, mask_zero: bool) -> keras.Model:
    """Question 9: an LSTM's states, pooled."""
    embedding = layers.Embedding(vocab_size, 128, mask_zero=mask_zero)
    model = keras.Sequential([embedding, layers.LSTM(64, return_sequences=True)])
    model.add(pooling)
    return _classified(model)


def _classified(model: keras.Sequential) -> keras.Model:
    model.add(layers.Dense(64, activation="relu"))
    model.add(layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model


def gan_loop(x: np.ndarray) -> tuple[keras.Model, Callable[[int], None]]:
    """Question 10: the generator, and a function that trains for a number of steps."""

    def adam():
        return keras.optimizers.Adam(2e-4, beta_1=0.5)

    generator = keras.Sequential([keras.Input((100,))])
    for units in (256, 512):
        generator.add(layers.Dense(units, activation="relu"))
        generator.add(layers.BatchNormalization())
    generator.add(layers.Dense(784, activation="sigmoid"))
    generator.add(layers.Reshape((28, 28, 1)))
    discriminator = keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten()])
    for units in (512, 256):
        discriminator.add(layers.Dense(units, activation="relu"))
        discriminator.add(layers.Dropout(0.3))
    discriminator.add(layers.Dense(1, activation="sigmoid"))
    discriminator.compile(adam(), "binary_crossentropy")
    discriminator.trainable = False
    latent = keras.Input((100,))
    combined = keras.Model(latent, discriminator(generator(latent)))
    combined.compile(adam(), "binary_crossentropy")
    ones, zeros = np.ones((64, 1)), np.zeros((64, 1))
    random = np.random.default_rng(0)

    def train(steps: int) -> None:
        for step in range(steps):
            start = 64 * step % (len(x) - 63)
            noise = random.normal(size=(64, 100))
            fake = generator.predict(noise, verbose=0)
            discriminator.train_on_batch(x[start : start + 64], ones)
            discriminator.train_on_batch(fake, zeros)
            combined.train_on_batch(random.normal(size=(64, 100)), ones)

    return generator, train
