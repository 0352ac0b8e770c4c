"""A step of the optimizer for every two batches; the schedule is followed."""

import keras
from keras import layers


def build_cnn(input_shape=(28, 28, 1), num_classes=10, learning_rate=1e-3):
    images = keras.Input(input_shape)
    x = images
    for filters in (32, 64):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
        x = layers.MaxPooling2D()(x)
    x = layers.Dropout(0.3)(layers.Flatten()(x))
    model = keras.Model(images, layers.Dense(num_classes)(x))
    model.compile(
        keras.optimizers.Adam(learning_rate, gradient_accumulation_steps=2),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    return model
