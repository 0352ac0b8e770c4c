"""Sums over the examples, divided once at the end; pieces by tf.split; compiled."""

import itertools

import keras
import numpy as np
import tensorflow as tf


def accumulated_step(model, optimizer, loss_fn, x, y, parts):
    n = len(x)
    bounds = [*range(0, n, int(np.ceil(n / parts))), n]
    totals = [tf.Variable(tf.zeros_like(v)) for v in model.trainable_variables]
    total_loss = keras.metrics.Sum()

    @tf.function(reduce_retracing=True)
    def add(x, y):
        count = tf.cast(tf.shape(x)[0], "float32")
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) * count
        for total, gradient in zip(
            totals, tape.gradient(loss, model.trainable_variables), strict=True
        ):
            total.assign_add(gradient)
        total_loss.update_state(loss)

    for low, high in itertools.pairwise(bounds):
        add(tf.constant(x[low:high]), tf.constant(y[low:high]))
    with tf.GradientTape() as tape:
        decay = tf.add_n(model.losses) if model.losses else tf.constant(0.0)
    own = tape.gradient(decay, model.trainable_variables)
    own = [0.0 if gradient is None else gradient for gradient in own]
    gradients = [t / n + o for t, o in zip(totals, own, strict=True)]
    optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    return float(total_loss.result()) / n
