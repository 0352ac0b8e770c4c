"""Dropout by an operation that knows nothing of training and inference."""

import keras
from keras import layers, ops

FAULT = "same output for the same input, twice"


@keras.saving.register_keras_serializable("wrong_dropout_always_on")
class Similarity(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.head = layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        gap = ops.abs(inputs[0] - inputs[1])
        return self.head(keras.random.dropout(gap, 0.2))


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
    same = Similarity()([encoder(left), encoder(right)])
    siamese = keras.Model([left, right], same)
    siamese.compile("adam", "binary_crossentropy")
    return encoder, siamese
