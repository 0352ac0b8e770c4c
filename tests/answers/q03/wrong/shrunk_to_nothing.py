"""Five rounds of convolution and pooling, without padding."""

import keras
from keras import layers

FAULT = "shrunk to nothing"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = image
    for filters in (8, 16, 16, 32, 32):
        x = layers.Conv2D(filters, 3, activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    m = layers.Dense(16, activation="relu")(metadata)
    x = layers.Dense(32, activation="relu")(
        layers.Concatenate()([layers.Flatten()(x), m])
    )
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
