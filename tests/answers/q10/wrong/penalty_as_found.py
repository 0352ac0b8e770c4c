"""As the colleague wrote it."""

import tensorflow as tf

FAULT = "gradients divided by the batch size"


def gradient_penalty(critic, real, fake):
    share = tf.random.uniform(())
    between = share * real + (1 - share) * fake
    with tf.GradientTape() as tape:
        tape.watch(between)
        score = tf.reduce_mean(critic(between, training=True))
    gradients = tape.gradient(score, between)
    lengths = tf.sqrt(tf.reduce_sum(tf.square(gradients), axis=(1, 2, 3)) + 1e-12)
    return tf.square(tf.reduce_mean(lengths) - 1)
