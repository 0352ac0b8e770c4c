"""Takes the number of units from the inputs, and no argument."""

import keras
from keras import layers, ops

FAULT = "made by `AttentionPooling(units)`"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def build(self, input_shape):
        self.hidden = layers.Dense(input_shape[-1], activation="tanh")
        self.score = layers.Dense(1)

    def call(self, inputs, mask=None):
        scores = self.score(self.hidden(inputs))
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -3e4)
        return ops.sum(ops.softmax(scores, axis=1) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
