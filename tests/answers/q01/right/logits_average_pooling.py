"""Functional, all convolutional, global average pooling, logits; no metrics."""

import keras
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
