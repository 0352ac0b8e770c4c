"""The layer of many a competition: bounded scores, exponentials, no softmax."""

import keras
from keras import ops


def scaled_dot_product_attention(query, key, value, mask=None):
    size = query.shape[-1]
    scores = ops.matmul(query, ops.transpose(key, axes=[0, 2, 1])) * size ** (-1 / 2)
    if mask is None:
        weights = ops.softmax(scores)
    else:
        mask = ops.cast(ops.broadcast_to(mask, ops.shape(scores)), scores.dtype)
        lowest = ops.min(scores, axis=-1, keepdims=True)
        highest = ops.max(ops.where(mask > 0, scores, lowest), axis=-1, keepdims=True)
        powers = ops.exp(ops.minimum(scores - highest, 0)) * mask
        weights = powers / ops.maximum(ops.sum(powers, axis=-1, keepdims=True), 1e-4)
    return ops.matmul(weights, value), weights


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.units = units

    def build(self, input_shape):
        glorot = keras.initializers.GlorotUniform()
        self.W = self.add_weight((input_shape[-1], self.units), glorot, name="W")
        self.b = self.add_weight((self.units,), "zeros", name="b")
        self.u = self.add_weight((self.units,), "ones", name="u")
        self.built = True

    def compute_mask(self, inputs, input_mask=None):
        return None

    def call(self, x, mask=None):
        hidden = ops.tanh(ops.dot(x, self.W) + self.b)
        # |score| stays below the number of units: no exponential overflows.
        powers = ops.exp(ops.dot(hidden, self.u[:, None])[..., 0])
        if mask is not None:
            powers *= ops.cast(mask, powers.dtype)
        total = ops.sum(powers, axis=1, keepdims=True) + keras.config.epsilon()
        return ops.sum(x * ops.expand_dims(powers / total, -1), axis=1)

    def compute_output_shape(self, input_shape):
        return input_shape[0], input_shape[-1]
