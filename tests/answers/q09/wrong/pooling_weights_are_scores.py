"""`attention_weights` gives scores, before the softmax."""

import keras
from keras import ops

FAULT = "are what the output is weighted by"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.context = self.add_weight(shape=(self.units, 1))

    def call(self, inputs, mask=None):
        weights = ops.softmax(self.attention_weights(inputs, mask), axis=1)
        return ops.sum(weights[..., None] * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None

    def attention_weights(self, inputs, mask=None):
        hidden = ops.tanh(ops.matmul(inputs, self.kernel))
        scores = ops.matmul(hidden, self.context)[..., 0]
        return scores if mask is None else ops.where(mask, scores, -3e4)
