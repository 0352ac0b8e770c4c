"""Each half has an encoder of its own."""

import keras
from keras import layers

FAULT = "different weights"


def build_two_halves(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    def encode(photo):
        x = layers.Conv2D(16, 3, strides=2, activation="relu")(photo)
        return layers.GlobalAveragePooling2D()(x)

    left = keras.Input(image_shape, name="left")
    right = keras.Input(image_shape, name="right")
    metadata = keras.Input((metadata_size,), name="metadata")
    photos = layers.Average()([encode(left), encode(right)])
    x = layers.Concatenate()([photos, layers.Dense(16, activation="relu")(metadata)])
    x = layers.Dense(64, activation="relu")(x)
    outputs = {
        "class": layers.Dense(num_classes, activation="softmax", name="class")(x),
        "days": layers.Dense(1, name="days")(x),
    }
    model = keras.Model([left, right, metadata], outputs)
    model.compile("adam", {"class": "sparse_categorical_crossentropy", "days": "mse"})
    return model
