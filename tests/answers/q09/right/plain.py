"""The plain answers, of which most of the wrong ones are edits."""

import keras
from keras import ops


def scaled_dot_product_attention(query, key, value, mask=None):
    scores = ops.matmul(query, ops.swapaxes(key, -1, -2)) / query.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -3e4)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, value), weights


class AttentionPooling(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.context = self.add_weight(shape=(self.units, 1))

    def call(self, inputs, mask=None):
        hidden = ops.tanh(ops.matmul(inputs, self.kernel))
        scores = ops.matmul(hidden, self.context)
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -3e4)
        return ops.sum(ops.softmax(scores, axis=1) * inputs, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    batch, steps, features = x.shape
    size = features // num_heads

    def split(projected):
        by_step = ops.reshape(projected, (batch, steps, num_heads, size))
        return ops.transpose(by_step, (0, 2, 1, 3))

    query, key, value = (split(ops.matmul(x, w)) for w in (w_query, w_key, w_value))
    scores = ops.einsum("bhqs,bhks->bhqk", query, key) / size**0.5
    mask = ops.tril(ops.ones((steps, steps), "bool"))
    weights = ops.softmax(ops.where(mask, scores, -1e9), axis=-1)
    mixed = ops.einsum("bhqk,bhks->bqhs", weights, value)
    return ops.matmul(ops.reshape(mixed, (batch, steps, features)), w_output)


def cached_attention(query, key, value, cache=None):
    if cache is not None:
        key = ops.concatenate([cache[0], key], axis=1)
        value = ops.concatenate([cache[1], value], axis=1)
    scores = ops.matmul(query, ops.swapaxes(key, 1, 2)) / query.shape[-1] ** 0.5
    return ops.matmul(ops.softmax(scores), value), (key, value)
