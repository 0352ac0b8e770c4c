"""1e-7 typed for 1e-3: it trains, and would for weeks."""

import keras
from keras import layers

FAULT = "learning rate is 1e-07"


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(1e-7),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
