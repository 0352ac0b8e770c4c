"""A counter in Python is the seed: a graph keeps its first number."""

import keras
from keras import ops

FAULT = "at each call of a graph"


class Sampling(keras.layers.Layer):
    calls = 0

    def call(self, inputs):
        mean, log_var = inputs
        self.calls += 1
        noise = keras.random.normal(ops.shape(mean), seed=self.calls)
        return mean + ops.exp(log_var / 2) * noise
