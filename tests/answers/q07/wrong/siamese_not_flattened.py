"""A map for each image, not a vector."""

import keras
from keras import layers, ops

FAULT = "an embedding (6, features)"


@keras.saving.register_keras_serializable("wrong_not_flattened")
class Distance(layers.Layer):
    def call(self, inputs):
        squared = ops.sum(ops.square(inputs[0] - inputs[1]), axis=-1)
        return ops.sqrt(ops.maximum(squared, 1e-7))


def contrastive(y_true, y_pred):
    y_true = ops.cast(y_true, y_pred.dtype)
    push = ops.square(ops.maximum(1 - y_pred, 0))
    return ops.mean(y_true * ops.square(y_pred) + (1 - y_true) * push)


def build_encoder(input_shape):
    images = keras.Input(input_shape)
    x = layers.Conv2D(16, 3, activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    return keras.Model(images, layers.Dense(32)(x))


def build_siamese(input_shape=(28, 28, 1)):
    encoder = build_encoder(input_shape)
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    distance = Distance()([encoder(left), encoder(right)])
    siamese = keras.Model([left, right], distance)
    siamese.compile("adam", contrastive)
    return encoder, siamese
