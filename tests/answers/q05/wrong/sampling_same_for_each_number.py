"""One number of noise for each row."""

import keras
from keras import ops

FAULT = "the same noise for each number of a code"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal((ops.shape(mean)[0], 1))
        return mean + ops.exp(log_var / 2) * noise
