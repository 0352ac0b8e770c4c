"""The difference of each feature, and nothing that makes one number of them."""

import keras
from keras import layers, ops

FAULT = "one number for each of 6 pairs"


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
    gap = ops.abs(encoder(left) - encoder(right))
    siamese = keras.Model([left, right], gap)
    siamese.compile("adam", "binary_crossentropy")
    return encoder, siamese
