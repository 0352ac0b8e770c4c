"""Takes so little off masked scores that some weight is left."""

import keras
from keras import ops

FAULT = "padding of size"


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
            scores -= 10.0 * (1 - ops.cast(mask[..., None], scores.dtype))
        return ops.sum(ops.softmax(scores, axis=1) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None
