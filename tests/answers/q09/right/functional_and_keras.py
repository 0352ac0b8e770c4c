"""Keras's own attention inside; heads along the batch axis; mask by multiplication."""

import keras
from keras import ops


def scaled_dot_product_attention(query, key, value, mask=None):
    scale = float(query.shape[-1]) ** 0.5
    logits = ops.matmul(query / scale, ops.transpose(key, (0, 2, 1)))
    if mask is None:
        mask = ops.ones_like(logits, dtype="bool")
    logits = ops.where(mask, logits, ops.cast(-3e4, logits.dtype))
    powers = ops.exp(logits - ops.max(logits, axis=-1, keepdims=True))
    powers = powers * ops.cast(mask, powers.dtype)
    total = ops.sum(powers, axis=-1, keepdims=True)
    weights = powers / ops.where(total == 0, ops.ones_like(total), total)
    return ops.matmul(weights, value), weights


class AttentionPooling(keras.layers.Layer):
    """Keras records plain arguments itself, so there is no `get_config`."""

    def __init__(self, units, activation="tanh", **kwargs):
        super().__init__(**kwargs)
        self.units, self.activation = units, keras.activations.get(activation)
        self.supports_masking = True

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), name="w")
        self.v = self.add_weight(shape=(self.units,), initializer="normal", name="v")

    def attention_weights(self, inputs, mask=None):
        scores = ops.sum(self.activation(ops.matmul(inputs, self.w)) * self.v, axis=-1)
        powers = ops.exp(scores - ops.max(scores, axis=1, keepdims=True))
        if mask is not None:
            powers = powers * ops.cast(mask, powers.dtype)
        return powers / (ops.sum(powers, axis=1, keepdims=True) + 1e-9)

    def call(self, inputs, mask=None):
        return ops.einsum("bt,btf->bf", self.attention_weights(inputs, mask), inputs)

    def compute_mask(self, inputs, mask=None):
        return None


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    batch, steps, features = x.shape
    size = features // num_heads

    def heads(matrix):
        columns = ops.split(ops.matmul(x, matrix), num_heads, axis=-1)
        return ops.concatenate(columns, axis=0)

    mask = ops.tril(ops.ones((1, steps, steps), dtype="bool"))
    mixed, _ = scaled_dot_product_attention(
        heads(w_query), heads(w_key), heads(w_value), mask
    )
    assert mixed.shape == (batch * num_heads, steps, size)
    return ops.matmul(
        ops.concatenate(ops.split(mixed, num_heads, axis=0), axis=-1), w_output
    )
