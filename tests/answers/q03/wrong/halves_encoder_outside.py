"""One encoder for all models, beside the one for both halves."""

import keras
from keras import layers

FAULT = "weights that both have"


CONVOLVE = {}


def build_two_halves(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    convolve = CONVOLVE.setdefault(
        image_shape, layers.Conv2D(16, 3, strides=2, activation="relu")
    )
    left = keras.Input(image_shape, name="left")
    right = keras.Input(image_shape, name="right")
    metadata = keras.Input((metadata_size,), name="metadata")
    seen = [layers.GlobalAveragePooling2D()(convolve(half)) for half in (left, right)]
    photos = layers.BatchNormalization()(layers.Average()(seen))
    x = layers.Concatenate()([photos, metadata])
    x = layers.Dense(64, activation="relu")(x)
    grade = layers.Dense(num_classes, activation="softmax", name="class")(x)
    days = layers.Dense(1, name="days")(x)
    model = keras.Model([left, right, metadata], {"class": grade, "days": days})
    losses = {"class": "sparse_categorical_crossentropy", "days": "mse"}
    model.compile("adam", losses)
    return model
