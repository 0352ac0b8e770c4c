"""The noise is scaled by the variance."""

import keras
from keras import ops

FAULT = "that is the variance"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal(ops.shape(mean))
        return mean + ops.exp(log_var) * noise
