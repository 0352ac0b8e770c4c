"""A cosine similarity, given to a loss of distances."""

import keras
from keras import layers, ops

FAULT = "not similarities"


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
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(32)(x))


def build_siamese(input_shape=(28, 28, 1)):
    encoder = build_encoder(input_shape)
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    similarity = layers.Dot(axes=1, normalize=True)([encoder(left), encoder(right)])
    siamese = keras.Model([left, right], similarity)
    siamese.compile("adam", contrastive)
    return encoder, siamese
