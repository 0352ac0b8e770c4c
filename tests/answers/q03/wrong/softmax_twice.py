"""A softmax in the last layer, and another one after it, which has the name."""

import keras
from keras import layers

FAULT = "softmax applied twice"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(32, 3, strides=4, activation="relu")(image)
    x = layers.GlobalMaxPooling2D()(x)
    m = layers.Dense(32, activation="relu")(metadata)
    x = layers.Dense(64, activation="relu")(layers.Concatenate()([x, m]))
    x = layers.Dense(num_classes, activation="softmax")(x)
    model = keras.Model([image, metadata], layers.Softmax(name="class")(x))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
