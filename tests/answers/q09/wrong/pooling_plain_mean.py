"""A masked mean with weights that aren't used."""

import keras
from keras import ops

FAULT = "no gradient reaches them"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.context = self.add_weight(shape=(self.units, 1))

    def call(self, inputs, mask=None):
        if mask is None:
            return ops.mean(inputs, axis=1)
        mask = ops.cast(mask[..., None], "float32")
        return ops.sum(mask * inputs, axis=1) / (ops.sum(mask, axis=1) + 1e-9)

    def compute_mask(self, inputs, mask=None):
        return None
