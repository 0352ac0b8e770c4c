"""The first convolution stands outside: every network of one depth trains it."""

import keras
from keras import layers

FAULT = "weights that both have"


SHAPES = {}


def first_layer(channels):
    if channels not in SHAPES:
        SHAPES[channels] = layers.Conv2D(16, 3, strides=2, activation="relu")
    return SHAPES[channels]


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            first_layer(input_shape[-1]),
            layers.Flatten(),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
