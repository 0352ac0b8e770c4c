"""Four rounds of convolution and pooling, without padding, on 28 pixels."""

import keras
from keras import layers

FAULT = "shrunk to nothing"


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    image = x = keras.Input(input_shape)
    for filters in (16, 32, 64, 128):
        x = layers.Conv2D(filters, 3, activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Flatten()(x)
    model = keras.Model(image, layers.Dense(num_classes, activation="softmax")(x))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return model
