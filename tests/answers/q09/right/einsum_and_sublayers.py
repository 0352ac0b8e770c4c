"""`einsum`, a mask that is added; a pooling layer made of Dense layers."""

import keras
from keras import layers, ops


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.einsum("bqs,bks->bqk", query, key)
    scores = ops.cast(scores, "float32") * query.shape[-1] ** -0.5
    if mask is not None:
        scores = scores + (1.0 - ops.cast(mask, "float32")) * -1e9
    weights = ops.cast(ops.softmax(scores), query.dtype)
    return ops.einsum("bqk,bkv->bqv", weights, value), weights


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.hidden = layers.Dense(units, activation="tanh")
        self.score = layers.Dense(1, use_bias=False)
        self.softmax = layers.Softmax(axis=1)
        self.supports_masking = True

    def build(self, input_shape):
        self.hidden.build(input_shape)
        self.score.build((*input_shape[:-1], self.units))

    def call(self, inputs, mask=None):
        scores = self.score(self.hidden(inputs))
        if mask is not None:
            mask = mask[..., None]
        return ops.sum(self.softmax(scores, mask=mask) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    features = x.shape[-1]
    size = features // num_heads

    def project(matrix):
        by_head = ops.reshape(matrix, (features, num_heads, size))
        return ops.einsum("btf,fhs->bhts", x, by_head)

    query, key, value = (project(m) for m in (w_query, w_key, w_value))
    scores = ops.einsum("bhqs,bhks->bhqk", query, key) / size**0.5
    steps = ops.arange(x.shape[1])
    scores = ops.where(steps[:, None] >= steps, scores, -1e9)
    mixed = ops.einsum("bhqk,bhks->bqhs", ops.softmax(scores), value)
    return ops.matmul(ops.reshape(mixed, x.shape), w_output)
