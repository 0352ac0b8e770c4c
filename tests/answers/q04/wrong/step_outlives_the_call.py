"""The compiled step is a global that keeps the model it was traced with."""

import keras
import tensorflow as tf

FAULT = "outlives one call"

current = {}


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        predictions = current["model"](x, training=True)
        loss = current["loss_fn"](y, predictions)
    variables = current["model"].trainable_variables
    gradients = tape.gradient(loss, variables)
    current["optimizer"].apply_gradients(zip(gradients, variables, strict=True))
    return loss, predictions


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    current.update(model=model, optimizer=optimizer, loss_fn=loss_fn)
    mean_loss, accuracy = keras.metrics.Mean(), keras.metrics.BinaryAccuracy()

    @tf.function
    def val_step(x, y):
        predictions = model(x, training=False)
        return loss_fn(y, predictions), predictions

    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        for prefix, data, step in (
            ("", train_data, train_step),
            ("val_", val_data, val_step),
        ):
            mean_loss.reset_state()
            accuracy.reset_state()
            for x, y in data:
                loss, predictions = step(x, y)
                mean_loss.update_state(loss, sample_weight=len(y))
                accuracy.update_state(y, predictions)
            history[prefix + "loss"].append(float(mean_loss.result()))
            history[prefix + "accuracy"].append(float(accuracy.result()))
    return history
