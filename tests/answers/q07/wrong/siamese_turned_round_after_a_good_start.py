"""Pushes the same digit apart; its untrained encoder tells easy pictures already."""

import keras
from keras import layers, ops

FAULT = "before them"


@keras.saving.register_keras_serializable("wrong_turned_round_after_a_good_start")
class Distance(layers.Layer):
    def call(self, inputs):
        squared = ops.sum(ops.square(inputs[0] - inputs[1]), axis=-1)
        return ops.sqrt(ops.maximum(squared, 1e-7))


def contrastive(y_true, y_pred):
    y_true = ops.cast(y_true, y_pred.dtype)
    push = ops.square(ops.maximum(1 - y_pred, 0))
    return ops.mean((1 - y_true) * ops.square(y_pred) + y_true * push)


def build_siamese(input_shape=(28, 28, 1)):
    encoder = keras.Sequential([keras.Input(input_shape)])
    for filters in (16, 32):
        encoder.add(layers.Conv2D(filters, 3, padding="same", use_bias=False))
        encoder.add(layers.BatchNormalization())
        encoder.add(layers.Activation("relu"))
        encoder.add(layers.MaxPooling2D())
    encoder.add(layers.Flatten())
    encoder.add(layers.Dense(24))
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    distance = Distance()([encoder(left), encoder(right)])
    siamese = keras.Model([left, right], distance)
    siamese.compile(keras.optimizers.Adam(1e-3), contrastive)
    return encoder, siamese
