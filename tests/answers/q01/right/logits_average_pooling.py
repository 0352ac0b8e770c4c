"""Functional, all convolutional, global average pooling, logits; no metrics."""

import keras
import numpy as np
from keras import layers


def build_cnn(input_shape=(28, 28, 1), num_classes=10, width=32, learning_rate=3e-3):
    image = keras.Input(input_shape)
    x = image
    for filters in (width, 2 * width, 4 * width):
        x = layers.Conv2D(filters, 3, strides=2, padding="same")(x)
        x = layers.LayerNormalization()(x)
        x = layers.ReLU()(x)
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(image, layers.Dense(num_classes)(x))
    model.compile(
        optimizer=keras.optimizers.AdamW(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    return model


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    """One index array; the training part's own mean and deviation."""
    order = np.random.default_rng(seed).permutation(len(x_train))
    train, val = np.split(order, [round(len(order) * (1 - val_fraction))])
    mean, std = x_train[train].mean(), x_train[train].std()

    def scale(images):
        return ((images - mean) / std).astype("float32")[..., np.newaxis]

    return {
        "x_train": scale(x_train[train]),
        "y_train": y_train[train],
        "x_val": scale(x_train[val]),
        "y_val": y_train[val],
        "x_test": scale(x_test),
    }
