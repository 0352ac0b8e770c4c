"""The textbook's layer: no mask, no `**kwargs`, no `get_config`."""

import keras
from keras import ops

FAULT = "padding gets attention"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def build(self, input_shape):
        self.W = self.add_weight(shape=(input_shape[-1], self.units))
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")
        self.u = self.add_weight(shape=(self.units,))

    def call(self, x):
        score = ops.tanh(ops.tensordot(x, self.W, axes=1) + self.b)
        weights = ops.softmax(ops.tensordot(score, self.u, axes=1), axis=1)
        return ops.sum(x * ops.expand_dims(weights, -1), axis=1)
