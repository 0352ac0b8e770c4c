"""The loss takes the logarithm of the label's score; the scores are logits."""

import keras
from keras import layers, ops

FAULT = "a loss of about"


def loss(y_true, y_pred):
    one_hot = ops.one_hot(ops.cast(y_true, "int32"), ops.shape(y_pred)[-1])
    return -ops.sum(one_hot * ops.log(y_pred), axis=-1)


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(num_classes),
        ]
    )
    model.compile(optimizer="adam", loss=loss, metrics=["accuracy"])
    return model
