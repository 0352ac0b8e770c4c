"""One encoder for all networks."""

import keras
from keras import layers, ops

FAULT = "weights that both have"


ENCODERS = {}


def build_siamese(input_shape=(28, 28, 1)):
    if input_shape not in ENCODERS:
        images = keras.Input(input_shape)
        x = layers.Conv2D(16, 3, strides=2, activation="relu")(images)
        x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
        codes = layers.Dense(32)(layers.Flatten()(x))
        ENCODERS[input_shape] = keras.Model(images, codes)
    encoder = ENCODERS[input_shape]
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    apart = ops.abs(encoder(left) - encoder(right))
    same = layers.Dense(1, activation="sigmoid")(apart)
    siamese = keras.Model([left, right], same)
    siamese.compile("adam", loss="binary_crossentropy")
    return encoder, siamese
