"""Makes its layers in `call`: new weights each time."""

import keras
from keras import layers, ops

FAULT = "it makes anew at each call"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def call(self, inputs, mask=None):
        hidden = layers.Dense(self.units, activation="tanh")(inputs)
        scores = layers.Dense(1)(hidden)
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -3e4)
        return ops.sum(ops.softmax(scores, axis=1) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
