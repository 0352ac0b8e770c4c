"""One metric object, which every network counts with."""

import keras
from keras import layers

FAULT = "a metric that counts for both"


ACCURACY = keras.metrics.SparseCategoricalAccuracy(name="accuracy")


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=[ACCURACY])
    return model
