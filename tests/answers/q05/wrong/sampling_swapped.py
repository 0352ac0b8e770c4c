"""The inputs are taken in the wrong order."""

import keras
from keras import ops

FAULT = "that is exp(mean / 2)"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        log_var, mean = inputs
        return mean + ops.exp(log_var / 2) * keras.random.normal(ops.shape(mean))
