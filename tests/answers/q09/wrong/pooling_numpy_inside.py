"""NumPy's functions: no tensor of a model that is traced goes through them."""

import keras
import numpy as np
from keras import ops

FAULT = "NumPy can't be compiled"


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
        powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
        weights = powers / np.sum(powers, axis=1, keepdims=True)
        return ops.sum(weights * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
