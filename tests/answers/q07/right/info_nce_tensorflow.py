"""TensorFlow's functions, and one-hot labels for both directions."""

import tensorflow as tf


def info_nce(left, right, temperature=0.1):
    left, right = (tf.math.l2_normalize(v, -1) for v in (left, right))
    scores = tf.einsum("if,jf->ij", left, right) / temperature
    own = tf.eye(tf.shape(scores)[0])
    ways = (scores, tf.transpose(scores))
    losses = [tf.nn.softmax_cross_entropy_with_logits(own, way) for way in ways]
    return tf.reduce_mean(tf.stack(losses))
