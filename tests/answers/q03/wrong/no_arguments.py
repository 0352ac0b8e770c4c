"""The script put into a function, its sizes written down."""

import keras
from keras import layers

FAULT = "the signature is build_multi_input(image_shape"


def build_multi_input():
    image = keras.Input((64, 64, 3), name="image")
    metadata = keras.Input((10,), name="metadata")
    x = layers.Conv2D(16, 3, strides=4, activation="relu")(image)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(32, activation="relu")(layers.Concatenate()([x, metadata]))
    output = layers.Dense(5, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
