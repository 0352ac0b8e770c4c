"""The loss makes one-hot labels of five classes."""

import keras
from keras import layers

FAULT = "loss has a hard-coded number"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    def loss(y_true, y_pred):
        labels = keras.ops.reshape(y_true, (-1,))
        return keras.losses.categorical_crossentropy(
            keras.ops.one_hot(labels, 5), y_pred
        )

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
    model.compile("adam", loss, metrics=["accuracy"])
    return model
