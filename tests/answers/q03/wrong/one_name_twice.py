"""Both branches end in a layer called `features`."""

import keras
from keras import layers

FAULT = "each layer needs its own"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(16, 3, strides=4, activation="relu")(image)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(16, activation="relu", name="features")(x)
    m = layers.Dense(16, activation="relu", name="features")(metadata)
    x = layers.Dense(32, activation="relu")(layers.Concatenate()([x, m]))
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
