"""Takes the mean of the inputs' tanh."""

import keras
from keras import layers, ops

FAULT = "aren't the step times anything"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True
        self.hidden = layers.Dense(units, activation="tanh")
        self.score = layers.Dense(1, use_bias=False)

    def build(self, input_shape):
        self.hidden.build(input_shape)
        self.score.build((*input_shape[:-1], self.units))

    def call(self, inputs, mask=None):
        scores = self.score(self.hidden(inputs))
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -1e9)
        return ops.sum(ops.softmax(scores, axis=1) * ops.tanh(inputs), axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
