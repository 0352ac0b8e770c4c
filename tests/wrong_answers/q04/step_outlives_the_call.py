"""The compiled step is a global that keeps the model it was traced with."""

import keras
import tensorflow as tf

FAULT = "outlives one call"

current = {}


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = current["loss_fn"](y, current["model"](x, training=True))
    variables = current["model"].trainable_variables
    gradients = tape.gradient(loss, variables)
    current["optimizer"].apply_gradients(zip(gradients, variables, strict=True))
    return loss


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    current.update(model=model, optimizer=optimizer, loss_fn=loss_fn)
    metric = keras.metrics.BinaryAccuracy()
    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        total, seen = 0.0, 0
        metric.reset_state()
        for x, y in train_data:
            metric.update_state(y, model(x))
            total, seen = total + float(train_step(x, y)) * len(x), seen + len(x)
        history["loss"].append(total / seen)
        history["accuracy"].append(float(metric.result()))
        total, seen = 0.0, 0
        metric.reset_state()
        for x, y in val_data:
            p = model(x, training=False)
            metric.update_state(y, p)
            total, seen = total + float(loss_fn(y, p)) * len(x), seen + len(x)
        history["val_loss"].append(total / seen)
        history["val_accuracy"].append(float(metric.result()))
    return history
