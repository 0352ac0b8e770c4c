"""A sign is wrong in the exponent."""

import keras
from keras import ops

FAULT = "the sign of log_var is turned round"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal(ops.shape(mean))
        return mean + ops.exp(-log_var / 2) * noise
