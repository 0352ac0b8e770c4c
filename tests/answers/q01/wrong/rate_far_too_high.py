"""A learning rate that throws the weights about."""

import keras
from keras import layers

FAULT = "learning rate is 3 by now"


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(8, 3, strides=3, activation="relu"),
            layers.Flatten(),
            layers.Dense(16, activation="relu"),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(3.0), loss="sparse_categorical_crossentropy"
    )
    return model
