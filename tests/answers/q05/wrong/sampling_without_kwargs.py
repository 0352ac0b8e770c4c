"""`__init__` takes no name: it can't be made again."""

import keras
from keras import ops

FAULT = "hands them on"


class Sampling(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.generator = keras.random.SeedGenerator()

    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal(ops.shape(mean), seed=self.generator)
        return mean + ops.exp(log_var / 2) * noise
