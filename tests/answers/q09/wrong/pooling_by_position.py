"""A learned weight for each position, whatever stands there."""

import keras
from keras import ops

FAULT = "find the marked step"


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def build(self, input_shape):
        self.scores = self.add_weight(shape=(1, 512, 1), initializer="zeros")

    def call(self, inputs, mask=None):
        scores = self.scores[:, : ops.shape(inputs)[1]] + 0 * inputs[..., :1]
        if mask is not None:
            # Counted from the first word, so that padding changes nothing.
            scores = ops.where(mask[..., None], 0 * scores, -3e4)
        return ops.sum(ops.softmax(scores, axis=1) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
