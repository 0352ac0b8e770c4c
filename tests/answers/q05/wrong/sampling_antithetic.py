"""The last number of a code gets minus the first one'\''s noise."""

import keras
from keras import ops

FAULT = "noise with a correlation of -1.00"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal(ops.shape(mean))
        noise = ops.concatenate([noise[:, :-1], -noise[:, :1]], axis=-1)
        return mean + ops.exp(log_var / 2) * noise
