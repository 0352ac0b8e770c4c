"""Brier's score: squared error on one-hot rows made inside the loss; no pooling."""

import keras
from keras import layers, ops


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    def brier(y_true, y_pred):
        return ops.mean(
            ops.square(ops.one_hot(ops.cast(y_true, "int32"), num_classes) - y_pred)
        )

    image = keras.Input(input_shape)
    x = layers.Conv2D(24, 3, strides=2, activation="elu")(image)
    x = layers.Conv2D(48, 3, strides=2, activation="elu")(x)
    x = layers.Conv2D(num_classes, 1)(x)
    x = layers.Flatten()(x)
    x = layers.Dense(num_classes)(x)
    model = keras.Model(image, layers.Softmax()(x))
    model.compile("rmsprop", brier)
    return model
