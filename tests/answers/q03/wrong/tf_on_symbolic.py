"""`tf.reduce_mean` on a symbolic tensor."""

import keras
import tensorflow as tf
from keras import layers

FAULT = "function of the same name in"


def build_multi_input(image_shape=(64, 64, 3), metadata_size=10, num_classes=5):
    image = keras.Input(image_shape, name="image")
    metadata = keras.Input((metadata_size,), name="metadata")
    x = layers.Conv2D(16, 3, strides=4, activation="relu")(image)
    x = tf.reduce_mean(x, axis=(1, 2))
    x = layers.Concatenate()([x, layers.Dense(16, activation="relu")(metadata)])
    x = layers.Dense(32, activation="relu")(x)
    output = layers.Dense(num_classes, activation="softmax", name="class")(x)
    model = keras.Model([image, metadata], output)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
