"""The loss for one-hot labels is given integers."""

import keras
from keras import layers

FAULT = "wants one-hot labels"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    m = layers.Dense(32, activation="relu")(metadata)
    m = layers.Dense(16, activation="relu")(m)
    x = layers.Dense(64, activation="relu")(layers.Concatenate()([x, m]))
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return model
