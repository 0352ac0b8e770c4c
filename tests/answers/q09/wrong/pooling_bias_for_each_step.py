"""A bias as long as the first batch's sequences, as many copies of this layer have."""

import keras
from keras import ops

FAULT = "made for one length"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], 1))
        self.bias = self.add_weight(shape=(input_shape[1], 1), initializer="zeros")

    def call(self, inputs, mask=None):
        scores = ops.tanh(ops.matmul(inputs, self.kernel) + self.bias)
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -3e4)
        return ops.sum(ops.softmax(scores, axis=1) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
