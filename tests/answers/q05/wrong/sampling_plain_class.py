"""A plain class that can be called."""

import keras
from keras import ops

FAULT = "an object of Sampling"


class Sampling:
    def __call__(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal(ops.shape(mean))
        return mean + ops.exp(log_var / 2) * noise
