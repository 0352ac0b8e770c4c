"""The optimizer is a default argument: it knows the weights of the first network."""

import keras
from keras import layers

FAULT = "one optimizer for both"


def build_cnn(
    input_shape=(28, 28, 1),
    num_classes=10,
    optimizer=keras.optimizers.Adam(),  # noqa: B008
):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
