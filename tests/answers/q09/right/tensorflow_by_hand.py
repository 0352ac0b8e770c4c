"""TensorFlow's own functions; a softmax by hand; pooling by a dot product."""

import keras
import tensorflow as tf


def scaled_dot_product_attention(query, key, value, mask=None):
    size = tf.cast(tf.shape(key)[-1], query.dtype)
    scores = tf.matmul(query, key, transpose_b=True) / tf.sqrt(size)
    if mask is not None:
        lowest = tf.constant(-3e4, scores.dtype)
        scores = tf.where(mask, scores, lowest)
    scores -= tf.reduce_max(scores, axis=-1, keepdims=True)
    powers = tf.exp(scores)
    weights = powers / tf.reduce_sum(powers, axis=-1, keepdims=True)
    return tf.matmul(weights, value), weights


@keras.saving.register_keras_serializable("tests")
class AttentionPooling(keras.layers.Layer):
    def __init__(self, units=8, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.supports_masking = True

    def build(self, input_shape):
        self.key_matrix = self.add_weight(
            name="key_matrix", shape=(input_shape[-1], self.units)
        )
        self.query = self.add_weight(name="query", shape=(1, self.units))

    def call(self, inputs, mask=None, return_attention=False):
        keys = tf.tanh(tf.tensordot(inputs, self.key_matrix, axes=1))
        batch = tf.shape(inputs)[0]
        query = tf.tile(self.query[None], (batch, 1, 1))
        if mask is not None:
            mask = mask[:, None, :]
        pooled, weights = scaled_dot_product_attention(query, keys, inputs, mask)
        return (pooled[:, 0], weights[:, 0]) if return_attention else pooled[:, 0]

    def compute_output_shape(self, input_shape):
        return input_shape[0], input_shape[-1]

    def compute_mask(self, inputs, mask=None):
        return None

    def get_config(self):
        config = super().get_config()
        config["units"] = self.units
        return config


def causal_multi_head(x, w_query, w_key, w_value, w_output, num_heads):
    steps = x.shape[1]
    causal = tf.linalg.band_part(tf.ones((steps, steps), tf.bool), -1, 0)
    columns = [tf.split(w, num_heads, axis=1) for w in (w_query, w_key, w_value)]
    heads = [
        scaled_dot_product_attention(x @ q, x @ k, x @ v, causal)[0]
        for q, k, v in zip(*columns, strict=True)
    ]
    return tf.concat(heads, axis=-1) @ w_output
