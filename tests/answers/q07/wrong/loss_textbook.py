"""As the textbook has it: integer labels crash."""

import tensorflow as tf

FAULT = "line brings them to one type"


def contrastive_loss(y_true, y_pred, margin=1.0):
    y_true, y_pred = tf.reshape(y_true, [-1]), tf.reshape(y_pred, [-1])
    square_pred = tf.square(y_pred)
    margin_square = tf.square(tf.maximum(margin - y_pred, 0))
    return tf.reduce_mean(y_true * square_pred + (1 - y_true) * margin_square)
