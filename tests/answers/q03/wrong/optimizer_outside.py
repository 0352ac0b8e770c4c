"""The optimizer stands outside: the second model is given the first one's."""

import keras
from keras import layers

FAULT = "one optimizer for both"


ADAM = keras.optimizers.Adam()


def build_multi_input(
    image_shape=(64, 64, 3), metadata_size=10, num_classes=5, optimizer=ADAM
):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    x = layers.GlobalAveragePooling2D()(x)
    m = layers.Dense(32, activation="relu")(metadata)
    x = layers.Dense(64, activation="relu")(layers.Concatenate()([x, m]))
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
