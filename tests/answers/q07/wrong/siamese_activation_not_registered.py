"""An activation of one's own, which the file only names."""

import keras
from keras import layers, ops

FAULT = "names a function that Keras doesn't know"


def scaled_tanh(x):
    """LeCun's: about the identity at 1 and at -1."""
    return 1.7159 * ops.tanh(2 * x / 3)


def build_encoder(input_shape):
    images = keras.Input(input_shape)
    x = layers.Conv2D(16, 3, activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(32, activation=scaled_tanh)(x))


def build_siamese(input_shape=(28, 28, 1)):
    encoder = build_encoder(input_shape)
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    gap = ops.abs(encoder(left) - encoder(right))
    same = layers.Dense(1, activation="sigmoid")(gap)
    siamese = keras.Model([left, right], same)
    siamese.compile(keras.optimizers.Adam(3e-3), "binary_crossentropy")
    return encoder, siamese
