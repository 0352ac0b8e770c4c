"""A layer scored by a model inside it; a config that holds `units` alone."""

import keras
from keras import ops


def scaled_dot_product_attention(query, key, value, mask=None):
    query = query / float(query.shape[-1]) ** 0.5
    scores = ops.matmul(query, ops.moveaxis(key, -1, -2))
    # Half of the type's range: 65,504 for float16, and the sum stays finite.
    low = -0.5 * {"float16": 65504.0}.get(
        keras.backend.standardize_dtype(scores.dtype), 3e38
    )
    if mask is not None:
        scores = ops.where(mask, scores, ops.cast(low, scores.dtype))
    weights = ops.softmax(scores)
    return ops.matmul(weights, value), weights


class AttentionPooling(keras.Layer):
    def __init__(self, units):
        super().__init__()
        self.units = units
        self.supports_masking = True
        self.score = keras.Sequential(
            [
                keras.layers.Dense(units, activation="tanh"),
                keras.layers.Dense(1, use_bias=False),
            ]
        )

    def build(self, input_shape):
        self.score.build((None, *input_shape[1:]))

    def call(self, inputs, mask=None):
        scores = self.score(inputs)[..., 0]
        if mask is None:
            weights = ops.softmax(scores)
        else:
            weights = ops.softmax(ops.where(mask, scores, -1e9))
            weights = weights * ops.cast(mask, weights.dtype)
        return ops.squeeze(ops.matmul(weights[:, None], inputs), axis=1)

    def compute_mask(self, inputs, mask=None):
        return None

    def get_config(self):
        return {"units": self.units}
