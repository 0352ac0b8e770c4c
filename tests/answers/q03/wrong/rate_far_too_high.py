"""Momentum-free descent, at a rate of 30 for 0.03."""

import keras
from keras import layers

FAULT = "learning rate of 30"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(16, 3, strides=4, activation="relu")(image)
    x = layers.GlobalMaxPooling2D()(x)
    m = layers.Dense(32, activation="relu")(metadata)
    x = layers.Dense(64, activation="relu")(layers.Concatenate()([x, m]))
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    optimizer = keras.optimizers.SGD(30.0)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
