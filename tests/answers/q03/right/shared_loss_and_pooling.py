"""What keeps nothing serves all models: a loss object, a pooling, a joining."""

import keras
from keras import layers

LOSS = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
POOL, JOIN = layers.GlobalAveragePooling2D(), layers.Concatenate()


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = POOL(layers.Conv2D(16, 3, strides=2, activation="relu")(image))
    x = JOIN([x, layers.Dense(32, activation="relu")(metadata)])
    x = layers.Dense(64, activation="relu")(x)
    model = keras.Model([image, metadata], layers.Dense(num_classes, name="class")(x))
    model.compile("adam", LOSS)
    return model
