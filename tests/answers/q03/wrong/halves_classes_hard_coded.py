"""Five classes, whatever `num_classes` says."""

import keras
from keras import layers

FAULT = "class, (12, 7)"


def build_two_halves(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    convolve = layers.Conv2D(16, 3, strides=2, activation="relu")
    left = keras.Input(image_shape, name="left")
    right = keras.Input(image_shape, name="right")
    metadata = keras.Input((metadata_size,), name="metadata")
    seen = [layers.GlobalAveragePooling2D()(convolve(half)) for half in (left, right)]
    x = layers.Concatenate()([layers.Average()(seen), metadata])
    x = layers.Dense(64, activation="relu")(x)
    grade = layers.Dense(5, activation="softmax", name="class")(x)
    days = layers.Dense(1, name="days")(x)
    model = keras.Model([left, right, metadata], {"class": grade, "days": days})
    losses = {"class": "sparse_categorical_crossentropy", "days": "mse"}
    model.compile("adam", losses)
    return model
