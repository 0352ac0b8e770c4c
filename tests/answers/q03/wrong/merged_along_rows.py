"""Features are concatenated along the batch: twice as many answers as apples."""

import keras
from keras import layers

FAULT = "below one another"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(32, 3, strides=4, activation="relu")(image)
    x = layers.GlobalAveragePooling2D()(x)
    m = layers.Dense(32, activation="relu")(metadata)
    x = layers.Concatenate(axis=0)([x, m])
    x = layers.Dense(64, activation="relu")(x)
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
