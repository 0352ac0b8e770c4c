"""The network for pairs comes first."""

import keras
from keras import layers, ops

FAULT = "the other way round"


def build_siamese(input_shape=(28, 28, 1)):
    images = keras.Input(input_shape)
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
    encoder = keras.Model(images, layers.Dense(32)(layers.Flatten()(x)))
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    apart = ops.abs(encoder(left) - encoder(right))
    same = layers.Dense(1, activation="sigmoid")(apart)
    siamese = keras.Model([left, right], same)
    siamese.compile("adam", loss="binary_crossentropy")
    return siamese, encoder
