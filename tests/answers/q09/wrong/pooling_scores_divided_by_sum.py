"""Divides the scores by their sum: that is one, and some are negative."""

import keras
from keras import ops

FAULT = "numbers beyond them"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.context = self.add_weight(shape=(self.units, 1))

    def call(self, inputs, mask=None):
        scores = ops.matmul(ops.tanh(ops.matmul(inputs, self.kernel)), self.context)
        if mask is not None:
            scores = ops.where(mask[..., None], scores, 0.0)
        return ops.sum(scores / ops.sum(scores, axis=1, keepdims=True) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
