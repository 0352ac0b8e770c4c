"""Uniform noise of variance 1."""

import keras
from keras import ops

FAULT = "a mean of 1.8"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.uniform(ops.shape(mean), -(3**0.5), 3**0.5)
        return mean + ops.exp(log_var / 2) * noise
