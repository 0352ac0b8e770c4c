"""FiLM: the metadata scale and shift the image's channels; logits; batch normalised."""

import keras
from keras import layers


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(image)
    x = layers.Conv2D(24, 3, strides=2, padding="same")(x)
    x = layers.BatchNormalization()(x)
    hidden = layers.Dense(32, activation="relu")(layers.BatchNormalization()(metadata))
    scale = layers.Reshape((1, 1, 24))(layers.Dense(24)(hidden))
    shift = layers.Reshape((1, 1, 24))(layers.Dense(24)(hidden))
    x = keras.ops.relu(x * (1 + scale) + shift)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(32, activation="relu")(x)
    outputs = {"class": layers.Dense(num_classes, name="class")(x)}
    model = keras.Model({"image": image, "metadata": metadata}, outputs)
    model.compile(
        keras.optimizers.Adam(3e-3),
        {"class": keras.losses.SparseCategoricalCrossentropy(from_logits=True)},
    )
    return model


def build_two_halves(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    look = layers.Conv2D(8, 5, strides=4, activation="relu")
    left = keras.Input(image_shape, name="left")
    right = keras.Input(image_shape, name="right")
    metadata = keras.Input((metadata_size,), name="metadata")
    seen = [layers.GlobalMaxPooling2D()(look(photo)) for photo in (left, right)]
    x = layers.Concatenate()([seen[0] + seen[1], seen[0] * seen[1], metadata])
    x = layers.Dense(64, activation="relu")(x)
    model = keras.Model(
        [left, right, metadata],
        [
            layers.Dense(num_classes, name="class")(x),
            layers.Dense(1, activation="softplus", name="days")(x),
        ],
    )
    model.compile(
        "adam",
        [keras.losses.SparseCategoricalCrossentropy(from_logits=True), "mae"],
        loss_weights=[1.0, 0.05],
    )
    return model
