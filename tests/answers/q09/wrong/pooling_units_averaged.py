"""The score is the mean of the hidden units: no vector is learned."""

import keras
from keras import layers, ops

FAULT = "a learned vector"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True
        self.hidden = layers.Dense(units, activation="tanh")

    def build(self, input_shape):
        self.hidden.build(input_shape)

    def call(self, inputs, mask=None):
        scores = ops.mean(self.hidden(inputs), axis=-1, keepdims=True)
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -1e9)
        return ops.sum(ops.softmax(scores, axis=1) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
