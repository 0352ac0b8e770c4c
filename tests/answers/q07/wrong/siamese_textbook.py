"""As the textbook has it: a `Lambda` that loading refuses."""

import keras
import tensorflow as tf
from keras import layers

FAULT = "holds Python code"


def build_siamese(input_shape=(28, 28, 1)):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(32, 3, activation="relu")(inputs)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(64, 3, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(128, activation="relu")(x)
    encoder = keras.Model(inputs, x, name="encoder")
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    gap = layers.Lambda(lambda x: tf.abs(x[0] - x[1]))([encoder(left), encoder(right)])
    siamese = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(gap))
    siamese.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return encoder, siamese
