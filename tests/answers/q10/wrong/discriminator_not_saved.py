"""A number that was drawn once, and isn't a weight: the file doesn't hold it."""

import keras

FAULT = "the same scores after saving and loading"


@keras.saving.register_keras_serializable("interview")
class Tilt(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.tilt = float(keras.random.normal(()))

    def call(self, inputs):
        return inputs + self.tilt


def build_discriminator():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="leaky_relu"),
            keras.layers.Dense(1),
            Tilt(),
        ]
    )
