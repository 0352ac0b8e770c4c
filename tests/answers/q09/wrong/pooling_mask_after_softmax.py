"""Hides padding after it took its share."""

import keras
from keras import ops

FAULT = "padding gets attention"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.context = self.add_weight(shape=(self.units, 1))

    def call(self, inputs, mask=None):
        hidden = ops.tanh(ops.matmul(inputs, self.kernel))
        weights = ops.softmax(ops.matmul(hidden, self.context), axis=1)
        if mask is not None:
            weights = weights * ops.cast(mask[..., None], "float32")
        return ops.sum(weights * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
