"""Another step than the batch's: the last piece's gradients count twice."""

import tensorflow as tf

FAULT = "another step"


def accumulated_step(model, optimizer, loss_fn, x, y, parts):
    size = -(-len(x) // parts)
    variables = model.trainable_variables
    summed, mean_loss = [0.0] * len(variables), 0.0
    for start in range(0, len(x), size):
        x_part, y_part = x[start : start + size], y[start : start + size]
        share = len(x_part) / len(x)
        with tf.GradientTape() as tape:
            predictions = model(x_part, training=True)
            loss = share * (loss_fn(y_part, predictions) + sum(model.losses))
        gradients = tape.gradient(loss, variables)
        summed = [s + g for s, g in zip(summed, gradients, strict=True)]
        mean_loss += float(loss)
    summed = [s + g for s, g in zip(summed, gradients, strict=True)]
    optimizer.apply(summed, variables)
    return mean_loss
