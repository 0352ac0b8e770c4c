"""Subclassed, its own training flag passed on, probabilities, dropout, weight decay."""

import keras
import numpy as np
from keras import layers
from sklearn.model_selection import train_test_split


class ConvNet(keras.Model):
    def __init__(self, num_classes):
        super().__init__()
        self.convolutions = [
            layers.Conv2D(
                filters, 3, activation="relu", kernel_regularizer=keras.regularizers.L2
            )
            for filters in (16, 32)
        ]
        self.norms = [layers.BatchNormalization() for _ in self.convolutions]
        self.pool = layers.MaxPooling2D()
        self.flatten = layers.Flatten()
        self.dropout = layers.Dropout(0.25)
        self.classify = layers.Dense(num_classes, activation="softmax")

    def call(self, images, training=False):
        x = images
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            x = self.pool(norm(convolution(x), training=training))
        return self.classify(self.dropout(self.flatten(x), training=training))


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = ConvNet(num_classes)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    """scikit-learn's split; fixed scaling, which needs no statistics."""
    x_train, x_val, y_train, y_val = train_test_split(
        x_train, y_train, test_size=val_fraction, random_state=seed, stratify=y_train
    )
    parts = {"x_train": x_train, "x_val": x_val, "x_test": x_test}
    parts = {
        name: np.expand_dims(images, -1).astype("float32") / 255
        for name, images in parts.items()
    }
    return parts | {"y_train": y_train, "y_val": y_val}
