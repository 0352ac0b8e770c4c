"""TensorFlow's operations; all three gates squashed at once."""

import tensorflow as tf


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    z = tf.matmul(x, kernel) + tf.matmul(h, recurrent_kernel) + bias
    i, f, g, o = tf.split(z, 4, axis=-1)
    i, f, o = tf.unstack(tf.sigmoid(tf.stack([i, f, o])))
    c = tf.add(f * c, i * tf.tanh(g))
    return o * tf.tanh(c), c
