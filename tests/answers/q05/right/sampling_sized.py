"""The size of the code is kept in `build`, that of the batch is asked for in `call`."""

import keras
from keras import ops


class Sampling(keras.layers.Layer):
    def build(self, input_shape):
        self.size = input_shape[0][-1]

    def call(self, inputs):
        mean, log_var = inputs
        noise = keras.random.normal((ops.shape(mean)[0], self.size))
        return mean + ops.exp(log_var / 2) * noise
