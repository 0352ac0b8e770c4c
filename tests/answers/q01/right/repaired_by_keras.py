"""Softmax straight into from_logits=True: Keras finds the logits, and warns."""

import keras
from keras import layers


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    image = keras.Input(input_shape)
    x = layers.Conv2D(32, 3, activation="relu")(image)
    x = layers.BatchNormalization()(x)
    x = layers.MaxPooling2D(3)(x)
    x = layers.SeparableConv2D(64, 3, activation="relu")(x)
    x = layers.GlobalMaxPooling2D()(x)
    x = layers.Dropout(0.5)(x)
    model = keras.Model(image, layers.Dense(num_classes, activation="softmax")(x))
    model.compile(
        optimizer=keras.optimizers.Nadam(2e-3),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
