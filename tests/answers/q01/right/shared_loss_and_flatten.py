"""What keeps nothing may serve all networks: loss, schedule, layers without weights."""

import keras
from keras import layers

LOSS = keras.losses.SparseCategoricalCrossentropy()
RATE = keras.optimizers.schedules.CosineDecay(1e-3, 10_000)
FLATTEN = layers.Flatten()


def build_cnn(input_shape=(28, 28, 1), num_classes=10, learning_rate=RATE):
    image = keras.Input(input_shape)
    x = layers.Conv2D(16, 3, strides=2, activation="relu")(image)
    output = layers.Dense(num_classes, activation="softmax")(FLATTEN(x))
    model = keras.Model(image, output)
    model.compile(keras.optimizers.Adam(learning_rate), LOSS, metrics=["accuracy"])
    return model
