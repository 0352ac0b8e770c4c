"""The whole draw is cut off from its inputs."""

import keras
from keras import ops

FAULT = "let them scale and shift it"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal(ops.shape(mean))
        return ops.stop_gradient(mean + ops.exp(log_var / 2) * noise)
