"""Keras's own softmax and additive attention as parts; heads one after the other."""

import keras
import numpy as np
from keras import ops


def scaled_dot_product_attention(query, key, value, mask=None):
    logits = ops.einsum("...qs,...ks->...qk", query, key) / np.sqrt(key.shape[-1])
    # The layer computes in the type it is told, and masks by itself.
    softmax = keras.layers.Softmax(axis=-1, dtype=logits.dtype)
    if mask is not None:
        mask = ops.broadcast_to(mask, ops.shape(logits))
    weights = softmax(logits, mask=mask)
    return ops.einsum("...qk,...kv->...qv", weights, value), weights


@keras.saving.register_keras_serializable(package="right answers")
class AttentionPooling(keras.Layer):
    """A learned question, asked of `AdditiveAttention`; its values are the inputs."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.units = units
        self.keys = keras.layers.Dense(units)
        self.attention = keras.layers.AdditiveAttention()

    def build(self, shape):
        self.question = self.add_weight(shape=(1, 1, self.units), initializer="normal")
        self.keys.build(shape)
        one = (shape[0], 1, self.units)
        self.attention.build([one, shape, (*shape[:2], self.units)])

    def _attend(self, inputs, mask):
        question = ops.tile(self.question, (ops.shape(inputs)[0], 1, 1))
        return self.attention(
            [question, inputs, self.keys(inputs)],
            mask=None if mask is None else [None, mask],
            return_attention_scores=True,
        )

    def attention_weights(self, inputs, mask=None):
        return self._attend(inputs, mask)[1][:, 0]

    def call(self, inputs, mask=None):
        return self._attend(inputs, mask)[0][:, 0]

    def compute_mask(self, inputs, mask):
        return None

    def get_config(self):
        config = super().get_config()
        config.update(units=self.units)
        return config


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    size = x.shape[-1] // num_heads
    steps = x.shape[1]
    future = np.triu(np.full((steps, steps), -np.inf, "float32"), k=1)
    total = 0
    for head in range(num_heads):
        own = slice(head * size, (head + 1) * size)
        query, key, value = x @ w_query[:, own], x @ w_key[:, own], x @ w_value[:, own]
        logits = query @ ops.swapaxes(key, 1, 2) / np.sqrt(size) + future
        # Each head writes through its own rows of the last matrix.
        total += ops.softmax(logits) @ value @ w_output[own]
    return total
