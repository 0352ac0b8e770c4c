"""A cosine, from -1 to 1, taken for a probability: below 0 it learns nothing."""

import keras
from keras import layers

FAULT = "flat, whatever the label"


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
    cosine = layers.Dot(axes=1, normalize=True)([encoder(left), encoder(right)])
    siamese = keras.Model([left, right], cosine)
    siamese.compile("adam", "binary_crossentropy")
    return encoder, siamese
