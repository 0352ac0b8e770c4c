"""TensorFlow's function on what Keras only draws."""

import keras
import tensorflow as tf
from keras import layers

FAULT = "don't take symbolic tensors"


def build_encoder(input_shape):
    images = keras.Input(input_shape)
    x = layers.Conv2D(16, 3, activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(32, 3, activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(32)(x))


def build_siamese(input_shape=(28, 28, 1)):
    encoder = build_encoder(input_shape)
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    gap = tf.norm(encoder(left) - encoder(right), axis=-1, keepdims=True)
    siamese = keras.Model([left, right], layers.Dense(1, activation="sigmoid")(gap))
    siamese.compile("adam", "binary_crossentropy")
    return encoder, siamese
