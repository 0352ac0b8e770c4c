"""The mean score of the batch, and one length for all of it."""

import tensorflow as tf

FAULT = "gradients of the mean score, and one length"


def gradient_penalty(critic, real, fake):
    share = tf.random.uniform((tf.shape(real)[0], 1, 1, 1))
    between = share * real + (1 - share) * fake
    with tf.GradientTape() as tape:
        tape.watch(between)
        score = tf.reduce_mean(critic(between, training=True))
    gradients = tape.gradient(score, between)
    lengths = tf.sqrt(tf.reduce_sum(tf.square(gradients)) + 1e-12)
    return tf.reduce_mean(tf.square(lengths - 1))
