"""The gradient's squared length is drawn to 1."""

import tensorflow as tf

FAULT = "its root is forgotten"


def gradient_penalty(critic, real, fake):
    share = tf.random.uniform((tf.shape(real)[0], 1, 1, 1))
    between = share * real + (1 - share) * fake
    with tf.GradientTape() as tape:
        tape.watch(between)
        score = critic(between, training=True)
    gradients = tape.gradient(score, between)
    lengths = tf.reduce_sum(tf.square(gradients), axis=(1, 2, 3))
    return tf.reduce_mean(tf.square(lengths - 1))
