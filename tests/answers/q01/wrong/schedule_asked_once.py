"""Takes a schedule's first rate for all steps."""

import keras
from keras import layers

FAULT = "a schedule that is followed"


def build_cnn(input_shape=(28, 28, 1), num_classes=10, learning_rate=1e-3):
    if isinstance(learning_rate, keras.optimizers.schedules.LearningRateSchedule):
        learning_rate = float(learning_rate(0))
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(
        keras.optimizers.Adam(learning_rate), "sparse_categorical_crossentropy"
    )
    return model
