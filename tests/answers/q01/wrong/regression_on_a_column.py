"""Squared error refused the labels' shape, so they were made a column."""

import keras
from keras import layers, ops

FAULT = "as in regression"


def loss(y_true, y_pred):
    column = ops.reshape(ops.cast(y_true, y_pred.dtype), (-1, 1))
    return ops.mean(ops.square(column - y_pred), axis=-1)


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return model
