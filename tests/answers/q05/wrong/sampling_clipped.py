"""The log variance is clipped."""

import keras
from keras import ops

FAULT = "for log variance -8"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        log_var = ops.clip(log_var, -2, 2)
        return mean + ops.exp(log_var / 2) * keras.random.normal(ops.shape(mean))
