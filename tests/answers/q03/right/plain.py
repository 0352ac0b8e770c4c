"""The plain answers, of which most of the wrong ones are edits."""

import keras
from keras import layers, ops


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
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
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


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
    values = keras.Input((metadata_size,), name="metadata")
    photos = layers.Average()([encoder(left), encoder(right)])
    x = layers.Concatenate()([photos, layers.Dense(16, activation="relu")(values)])
    x = layers.Dense(64, activation="relu")(x)
    outputs = {
        "class": layers.Dense(num_classes, activation="softmax", name="class")(x),
        "days": layers.Dense(1, name="days")(x),
    }
    model = keras.Model([left, right, values], outputs)
    losses = {"class": "sparse_categorical_crossentropy", "days": "mse"}
    model.compile("adam", losses)
    return model


def build_tolerant(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    photo = keras.Input(image_shape, name="image")
    values = keras.Input((metadata_size,), name="metadata")
    seen = layers.Conv2D(16, 3, strides=2, activation="relu")(photo)
    seen = layers.MaxPooling2D()(seen)
    seen = layers.Conv2D(32, 3, strides=2, activation="relu")(seen)
    seen = layers.GlobalAveragePooling2D()(seen)
    missing = ops.isnan(values)
    filled = ops.where(missing, 0.0, values)
    flagged = layers.Concatenate()([filled, ops.cast(missing, "float32")])
    known = layers.Dense(32, activation="relu")(flagged)
    known = layers.Dense(16, activation="relu")(known)
    joined = layers.Dense(64, activation="relu")(layers.Concatenate()([seen, known]))
    scores = layers.Dense(num_classes, activation="softmax", name="class")(joined)
    model = keras.Model([photo, values], scores)
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
    return model
