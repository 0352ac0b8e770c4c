"""A `Lambda` fills the gaps: the file can't be loaded."""

import keras
from keras import layers, ops

FAULT = "Python code in a `Lambda`"


def build_tolerant(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    x = layers.MaxPooling2D()(x)
    x = layers.Conv2D(32, 3, strides=2, activation="relu")(x)
    x = layers.GlobalAveragePooling2D()(x)
    metadata = keras.Input((metadata_size,), name="metadata")
    filled = layers.Lambda(lambda x: ops.where(ops.isnan(x), 0.0, x))(metadata)
    m = layers.Dense(32, activation="relu")(filled)
    m = layers.Dense(16, activation="relu")(m)
    x = layers.Concatenate()([x, m])
    x = layers.Dense(64, activation="relu")(x)
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
    return model
