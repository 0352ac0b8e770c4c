"""1e-7 typed for 1e-3."""

import keras
from keras import layers

FAULT = "it learns neither"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(16, 3, strides=4, activation="relu")(image)
    x = layers.GlobalAveragePooling2D()(x)
    m = layers.Dense(16, activation="relu")(metadata)
    x = layers.Dense(32, activation="relu")(layers.Concatenate()([x, m]))
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile(
        keras.optimizers.Adam(1e-7),
        "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
