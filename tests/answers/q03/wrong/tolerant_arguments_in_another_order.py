"""The number of classes comes first."""

import keras
from keras import layers, ops

FAULT = "by name alone, or in another order"


def build_tolerant(num_classes=5, image_shape=(64, 64, 3), metadata_size=10):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    filled = ops.where(ops.isnan(metadata), 0.0, metadata)
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Concatenate()([x, layers.Dense(32, activation="relu")(filled)])
    x = layers.Dense(64, activation="relu")(x)
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
