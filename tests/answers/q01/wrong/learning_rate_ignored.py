"""`learning_rate` is taken, and the optimizer's default is used."""

import keras
from keras import layers

FAULT = "`learning_rate` isn't used"


def build_cnn(input_shape=(28, 28, 1), num_classes=10, learning_rate=1e-3):
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
