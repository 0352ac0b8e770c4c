"""Laplace noise of variance 1."""

import keras
from keras import ops

FAULT = "the fourth powers of its standard scores"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        one, two = (keras.random.uniform(ops.shape(mean), 1e-6, 1) for _ in range(2))
        noise = (ops.log(one) - ops.log(two)) / 2**0.5
        return mean + ops.exp(log_var / 2) * noise
