"""A new seed generator at each call: a graph can't make one."""

import keras
from keras import ops

FAULT = "a graph can't make a new one"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        generator = keras.random.SeedGenerator()
        noise = keras.random.normal(ops.shape(mean), seed=generator)
        return mean + ops.exp(log_var / 2) * noise
