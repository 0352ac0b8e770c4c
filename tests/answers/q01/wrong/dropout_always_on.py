"""A subclassed model that calls its dropout with training=True, always."""

import keras
from keras import layers

FAULT = "dropout"


class ConvNet(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.convolve = layers.Conv2D(32, 3, activation="relu")
        self.pool = layers.MaxPooling2D()
        self.flatten = layers.Flatten()
        self.dropout = layers.Dropout(0.5)
        self.classify = layers.Dense(num_classes, activation="softmax")

    def call(self, images):
        x = self.flatten(self.pool(self.convolve(images)))
        return self.classify(self.dropout(x, training=True))


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = ConvNet(num_classes)
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
