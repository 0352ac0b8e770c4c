"""Two tiny networks for the GAN's step, which keep what they were given."""

import math

import helpers.quiet  # isort: skip
import keras
import tensorflow as tf

from interview.checks.q10.stage import IMAGE

LATENT = 7


@keras.saving.register_keras_serializable("interview_q10")
class Recorder(keras.layers.Layer):
    """Passes its input on; keeps one vector of each of the last 64 batches, and 512 of
    all.
    """

    def build(self, shape):
        self.told = False
        self.seen = self.add_weight(
            name="seen", shape=(64, shape[-1]), trainable=False, initializer="zeros"
        )
        self.vectors = tf.Variable(tf.zeros((512, shape[-1])), trainable=False)

    def call(self, inputs, training=False):
        if inputs.shape[-1] not in (None, self.seen.shape[-1]):
            raise ValueError(
                f"expected axis -1 of the latent vectors to have {self.seen.shape[-1]} "
                f"numbers, got {inputs.shape[-1]}"
            )
        self.told = self.told or bool(training)
        self.seen.assign(keras.ops.concatenate([inputs[:1], self.seen[:-1]]))
        self.vectors.assign(keras.ops.concatenate([inputs, self.vectors])[:512])
        return inputs


@keras.saving.register_keras_serializable("interview_q10")
class Onlooker(keras.layers.Layer):
    """Passes images on; keeps the darkest and the brightest pixel of the last 512."""

    def build(self, shape):
        # Not a weight of the layer: a critic's weights may be clipped, and these
        # mustn't be.
        self.ends = tf.Variable(tf.zeros((512, 2)), trainable=False)

    def call(self, images):
        pixels = tf.cast(tf.reshape(images, (-1, math.prod(IMAGE))), "float32")
        ends = [tf.reduce_min(pixels, axis=1), tf.reduce_max(pixels, axis=1)]
        ends = tf.concat([tf.stack(ends, axis=1), self.ends], axis=0)
        self.ends.assign(ends[:512])
        return images


def tiny_generator() -> keras.Model:
    keras.utils.set_random_seed(0)
    return _without_predict(
        keras.Sequential(
            [
                keras.Input((LATENT,)),
                Recorder(name="recorder"),
                keras.layers.Dense(16, activation="tanh"),
                keras.layers.Dense(784, activation="sigmoid", name="pixels"),
                keras.layers.Reshape(IMAGE),
            ]
        )
    )


def tiny_discriminator() -> keras.Model:
    keras.utils.set_random_seed(0)
    return _without_predict(
        keras.Sequential(
            [
                keras.Input(IMAGE),
                Onlooker(name="onlooker"),
                keras.layers.Flatten(),
                keras.layers.Dense(16, activation="tanh"),
                keras.layers.Dense(1, name="logit"),
                keras.layers.Activation("sigmoid"),
            ]
        )
    )


def _without_predict(model: keras.Model) -> keras.Model:
    """The model, whose `predict` says clearly that it doesn't belong in a step."""
    predict = model.predict

    def refuse(*arguments, **keywords):
        if tf.executing_eagerly():
            return predict(*arguments, **keywords)
        raise RuntimeError("`predict` was called inside a `tf.function`")

    model.predict = refuse
    return model
