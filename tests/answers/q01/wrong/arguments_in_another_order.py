"""The number of classes comes first."""

import keras
from keras import layers

FAULT = "by name alone, or in another order"


def build_cnn(num_classes=10, input_shape=(28, 28, 1)):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
