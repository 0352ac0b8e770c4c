"""The outputs follow `num_classes`; the one-hot rows inside the loss stay at ten."""

import keras
from keras import layers, ops

FAULT = "the loss has a hard-coded number of classes"


def loss(y_true, y_pred):
    one_hot = ops.one_hot(ops.cast(y_true, "int32"), 10)
    return keras.losses.categorical_crossentropy(one_hot, y_pred)


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
