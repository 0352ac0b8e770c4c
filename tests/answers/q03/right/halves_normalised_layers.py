"""Layer normalisation before both outputs: no input makes the days large."""

import keras
from keras import layers


def build_two_halves(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    encoder = keras.Sequential(
        [
            keras.Input(image_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.GlobalAveragePooling2D(),
        ]
    )
    left = keras.Input(image_shape, name="left")
    right = keras.Input(image_shape, name="right")
    metadata = keras.Input((metadata_size,), name="metadata")
    photos = layers.Maximum()([encoder(left), encoder(right)])
    photos = layers.BatchNormalization(momentum=0.9)(photos)
    x = layers.Concatenate()([photos, layers.Dense(16, activation="relu")(metadata)])
    x = layers.LayerNormalization()(layers.Dense(64, activation="relu")(x))
    outputs = {
        "class": layers.Dense(num_classes, activation="softmax", name="class")(x),
        "days": layers.Dense(1, activation="softplus", name="days")(x),
    }
    model = keras.Model([left, right, metadata], outputs)
    model.compile("adam", {"class": "sparse_categorical_crossentropy", "days": "mse"})
    return model
