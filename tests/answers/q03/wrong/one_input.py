"""The metadata input is made and never handed to the model."""

import keras
from keras import layers

FAULT = "expected: 2 inputs"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(64, activation="relu")(x)
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model(image, output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
