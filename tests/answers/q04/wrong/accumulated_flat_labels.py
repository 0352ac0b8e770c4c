"""Labels (n,) meet predictions (n, 1)."""

import tensorflow as tf

FAULT = "each label is compared"


def accumulated_step(model, optimizer, loss_fn, x, y, parts):
    variables = model.trainable_variables
    summed, mean_loss = [tf.zeros_like(v) for v in variables], 0.0
    size = -(-len(x) // parts)
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size][:, 0]
        with tf.GradientTape() as tape:
            loss = loss_fn(y_part, model(x_part, training=True)) + sum(model.losses)
            loss *= len(x_part) / len(x)
        gradients = tape.gradient(loss, variables)
        summed = [s + g for s, g in zip(summed, gradients, strict=True)]
        mean_loss += float(loss)
    optimizer.apply(summed, variables)
    return mean_loss
