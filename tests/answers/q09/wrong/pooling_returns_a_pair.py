"""Returns the weights too, and no layer can follow."""

import keras
from keras import ops

FAULT = "tuple: not one tensor"


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
            scores = ops.where(mask[..., None], scores, -3e4)
        weights = ops.softmax(scores, axis=1)
        return ops.sum(weights * inputs, axis=1), weights

    def compute_mask(self, inputs, mask=None):
        return None
