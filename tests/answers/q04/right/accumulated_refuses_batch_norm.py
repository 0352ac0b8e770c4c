"""A step in pieces that refuses batch normalisation, where pieces can't be equal."""

import keras
import tensorflow as tf


def accumulated_step(model, optimizer, loss_fn, x, y, parts):
    if any(isinstance(one, keras.layers.BatchNormalization) for one in model.layers):
        raise ValueError("Batch normalisation would see the pieces, not the batch.")
    size, n = -(-len(x) // parts), len(x)
    variables = model.trainable_variables
    summed, mean_loss = [0.0] * len(variables), 0.0
    for start in range(0, n, size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        with tf.GradientTape() as tape:
            loss = loss_fn(y_part, model(x_part, training=True)) + sum(model.losses)
        for i, gradient in enumerate(tape.gradient(loss, variables)):
            summed[i] += gradient * (len(x_part) / n)
        mean_loss += float(loss) * len(x_part) / n
    optimizer.apply(summed, variables)
    return mean_loss
