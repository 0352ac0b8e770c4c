"""The optimizer steps after each piece, and its loss is taken as it comes."""

import tensorflow as tf

FAULT = "between the pieces"


def accumulated_step(model, optimizer, loss_fn, x, y, parts):
    variables = model.trainable_variables
    mean_loss = 0.0
    size = -(-len(x) // parts)
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        with tf.GradientTape() as tape:
            loss = loss_fn(y_part, model(x_part, training=True)) + sum(model.losses)
            loss *= len(x_part) / len(x)
        gradients = tape.gradient(loss, variables)
        optimizer.apply(gradients, variables)
        mean_loss += float(loss)
    return mean_loss
