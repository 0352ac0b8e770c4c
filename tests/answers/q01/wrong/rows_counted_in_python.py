"""Flattens by the number of rows in Python, which a graph doesn't know."""

import keras
from keras import layers, ops

FAULT = "ops.reshape(x, (x.shape[0], -1))"


class Network(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.convolution = layers.Conv2D(8, 3, strides=2, activation="relu")
        self.pooling = layers.MaxPooling2D()
        self.head = layers.Dense(num_classes, activation="softmax")

    def call(self, images):
        x = self.pooling(self.convolution(images))
        x = ops.reshape(x, (x.shape[0], -1))
        return self.head(x)


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = Network(num_classes)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
