"""Two metrics a phase, reset before the epochs instead of in each."""

import keras
import tensorflow as tf

FAULT = "never reset"


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    metrics = {
        p: (keras.metrics.Mean(), keras.metrics.BinaryAccuracy()) for p in ("", "val_")
    }
    for pair in metrics.values():
        for metric in pair:
            metric.reset_state()

    def record(prefix, y, predictions, loss):
        loss_mean, accuracy = metrics[prefix]
        loss_mean.update_state(loss, sample_weight=tf.shape(y)[0])
        accuracy.update_state(y, predictions)

    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            predictions = model(x, training=True)
            loss = loss_fn(y, predictions)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(
            zip(gradients, model.trainable_variables, strict=True)
        )
        record("", y, predictions, loss)

    @tf.function
    def val_step(x, y):
        predictions = model(x, training=False)
        record("val_", y, predictions, loss_fn(y, predictions))

    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        for prefix, data, step in (
            ("", train_data, train_step),
            ("val_", val_data, val_step),
        ):
            loss_mean, accuracy = metrics[prefix]
            for x, y in data:
                step(x, y)
            history[prefix + "loss"].append(float(loss_mean.result()))
            history[prefix + "accuracy"].append(float(accuracy.result()))
    return history
