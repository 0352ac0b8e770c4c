"""The loss is measured after the step."""

import tensorflow as tf

FAULT = "from before the step"


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
    optimizer.apply(summed, variables)
    pieces = (float(loss_fn(y[i : i + 1], model(x[i : i + 1]))) for i in range(len(x)))
    return sum(pieces) / len(x)
