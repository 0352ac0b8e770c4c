"""Broadcast products, log-sum-exp, a gate in the scores; Keras's fused causal op."""

import keras
from keras import layers, ops


def scaled_dot_product_attention(query, key, value, mask=None, scale=None):
    scale = scale or 1 / ops.sqrt(ops.cast(ops.shape(query)[-1], query.dtype))
    products = query[:, :, None, :] * key[:, None, :, :]
    logits = ops.sum(products, axis=-1) * ops.cast(scale, query.dtype)
    if mask is not None:
        hidden = ops.logical_not(ops.cast(mask, "bool"))
        logits -= ops.cast(hidden, logits.dtype) * 3e4
    log_weights = logits - ops.logsumexp(logits, axis=-1, keepdims=True)
    weights = ops.exp(log_weights)
    output = ops.sum(weights[..., None] * value[:, None], axis=2)
    return [output, weights]


class AttentionPooling(layers.Layer):
    """tanh units, each behind a sigmoid gate; no flag, and dropout on the weights."""

    def __init__(self, units=32, rate=0.1, name=None, dtype=None, trainable=True):
        super().__init__(name=name, dtype=dtype, trainable=trainable)
        self.units, self.rate = units, rate
        self.content = layers.Dense(units, activation="tanh")
        self.gate = layers.Dense(units, activation="sigmoid")
        self.attention_weights = layers.Dense(1)
        self.dropout = layers.Dropout(rate)

    def build(self, input_shape):
        for part in (self.content, self.gate):
            part.build(input_shape)
        self.attention_weights.build((None, None, self.units))
        self.built = True

    def call(self, sequence, mask=None, training=None):
        logits = self.attention_weights(self.content(sequence) * self.gate(sequence))
        if mask is not None:
            logits = logits + ops.where(mask[:, :, None], 0.0, -1e9)
        weights = self.dropout(ops.softmax(logits, axis=1), training=training)
        return ops.squeeze(ops.matmul(ops.swapaxes(weights, 1, 2), sequence), axis=1)

    def compute_mask(self, inputs, previous_mask=None):
        return None

    def get_config(self):
        return {**super().get_config(), "units": self.units, "rate": self.rate}


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    shape = (*x.shape[:2], num_heads, x.shape[-1] // num_heads)
    query, key, value = (
        ops.reshape(ops.dot(x, w), shape) for w in (w_query, w_key, w_value)
    )
    mixed = ops.dot_product_attention(query, key, value, is_causal=True)
    return ops.dot(ops.reshape(mixed, x.shape), w_output)


assert issubclass(AttentionPooling, keras.Layer)
