"""One-hot rows by hand, as if the classes were counted from 1."""

import keras
from keras import layers, ops

FAULT = "off by 1 somewhere"


def loss(y_true, y_pred):
    one_hot = ops.one_hot(ops.cast(y_true, "int32") - 1, ops.shape(y_pred)[-1])
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
