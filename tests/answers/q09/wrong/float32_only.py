"""TensorFlow constants of one type: other types don't mix with them."""

import tensorflow as tf

FAULT = "one number type"


def scaled_dot_product_attention(query, key, value, mask=None):
    root = tf.sqrt(tf.constant(float(query.shape[-1])))
    scores = tf.matmul(query, key, transpose_b=True) / root
    if mask is not None:
        scores = tf.where(mask, scores, tf.constant(-3e4))
    weights = tf.nn.softmax(scores)
    return tf.matmul(weights, value), weights
