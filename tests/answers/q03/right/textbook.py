"""The textbook's answer with its sizes as arguments; the bug hunt, repaired."""

import keras
from keras import layers


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(shape=image_shape, name="image")
    x1 = layers.Conv2D(32, 3, activation="relu")(image)
    x1 = layers.MaxPooling2D()(x1)
    x1 = layers.Conv2D(64, 3, activation="relu")(x1)
    x1 = layers.GlobalAveragePooling2D()(x1)
    metadata = keras.Input(shape=(metadata_size,), name="metadata")
    x2 = layers.Dense(32, activation="relu")(metadata)
    x2 = layers.Dense(16, activation="relu")(x2)
    x = layers.Dense(64, activation="relu")(layers.Concatenate()([x1, x2]))
    x = layers.Dropout(0.3)(x)
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model(inputs=[image, metadata], outputs=output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def build_two_halves(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    encoder = keras.Sequential(
        [
            keras.Input(image_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.GlobalAveragePooling2D(),
        ],
        name="encoder",
    )
    left = keras.Input(image_shape, name="left")
    right = keras.Input(image_shape, name="right")
    metadata = keras.Input((metadata_size,), name="metadata")
    photos = layers.Average()([encoder(left), encoder(right)])
    x = layers.Concatenate()([photos, layers.Dense(16, activation="relu")(metadata)])
    x = layers.Dense(64, activation="relu")(x)
    outputs = {
        "class": layers.Dense(num_classes, activation="softmax", name="class")(x),
        "days": layers.Dense(1, name="days")(x),
    }
    model = keras.Model([left, right, metadata], outputs)
    model.compile("adam", {"class": "sparse_categorical_crossentropy", "days": "mse"})
    return model
