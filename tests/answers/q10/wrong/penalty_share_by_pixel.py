"""Another share for each pixel."""

import tensorflow as tf

FAULT = "another share for each pixel"


def gradient_penalty(critic, real, fake):
    share = tf.random.uniform(tf.shape(real))
    between = share * real + (1 - share) * fake
    with tf.GradientTape() as tape:
        tape.watch(between)
        score = critic(between, training=True)
    gradients = tape.gradient(score, between)
    lengths = tf.sqrt(tf.reduce_sum(tf.square(gradients), axis=(1, 2, 3)) + 1e-12)
    return tf.reduce_mean(tf.square(lengths - 1))
