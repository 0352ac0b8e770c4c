"""Shifted first, then scaled."""

import keras
from keras import ops

FAULT = "the noise is scaled first"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal(ops.shape(mean))
        return ops.exp(log_var / 2) * (mean + noise)
