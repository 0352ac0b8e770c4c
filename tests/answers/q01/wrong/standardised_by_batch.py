"""Each pixel is standardised by its batch; at the border all pixels are 0."""

import keras
from keras import layers, ops

FAULT = "a division by zero"


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    image = keras.Input(input_shape)
    x = (image - ops.mean(image, axis=0)) / ops.std(image, axis=0)
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(x)
    x = layers.Flatten()(x)
    model = keras.Model(image, layers.Dense(num_classes, activation="softmax")(x))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model
