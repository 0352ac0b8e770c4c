"""NumPy evens the sizes out: 8, 7, 7, and so on."""

import numpy as np
import tensorflow as tf

FAULT = "one size for all"


def accumulated_step(model, optimizer, loss_fn, x, y, parts):
    variables = model.trainable_variables
    summed, mean_loss = [tf.zeros_like(v) for v in variables], 0.0
    pieces = zip(np.array_split(x, parts), np.array_split(y, parts), strict=True)
    for x_part, y_part in pieces:
        with tf.GradientTape() as tape:
            loss = loss_fn(y_part, model(x_part, training=True)) + sum(model.losses)
            loss *= len(x_part) / len(x)
        gradients = tape.gradient(loss, variables)
        summed = [s + g for s, g in zip(summed, gradients, strict=True)]
        mean_loss += float(loss)
    optimizer.apply(summed, variables)
    return mean_loss
