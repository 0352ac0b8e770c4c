"""Pieces from a tf.data set, shares taken from the labels."""

import math

import tensorflow as tf


def accumulated_step(model, optimizer, loss_fn, x, y, parts):
    pieces = tf.data.Dataset.from_tensor_slices((x, y)).batch(math.ceil(len(x) / parts))
    sums, losses = None, []
    for x_part, y_part in pieces:
        with tf.GradientTape() as tape:
            loss = loss_fn(y_part, model(x_part, training=True))
            scaled = (loss + sum(model.losses)) * (len(y_part) / len(y))
        gradients = tape.gradient(scaled, model.trainable_variables)
        losses.append(float(scaled))
        added = zip(sums or [0.0] * len(gradients), gradients, strict=True)
        sums = [a + b for a, b in added]
    optimizer.apply(sums, model.trainable_variables)
    return sum(losses)
