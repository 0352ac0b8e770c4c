"""Shares from a normal distribution, clipped: most lie at the ends."""

import tensorflow as tf

FAULT = "which distribution is even"


def gradient_penalty(critic, real, fake):
    share = tf.random.normal((tf.shape(real)[0], 1, 1, 1))
    share = tf.clip_by_value(share, 0.0, 1.0)
    between = share * real + (1 - share) * fake
    with tf.GradientTape() as tape:
        tape.watch(between)
        score = critic(between, training=True)
    gradients = tape.gradient(score, between)
    lengths = tf.sqrt(tf.reduce_sum(tf.square(gradients), axis=(1, 2, 3)) + 1e-12)
    return tf.reduce_mean(tf.square(lengths - 1))
