"""Training's numbers come from a second pass in inference mode, after the step."""

import keras
import tensorflow as tf

FAULT = "before the step"


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    mean_loss, accuracy = keras.metrics.Mean(), keras.metrics.BinaryAccuracy()

    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            p = model(x, training=True)
            loss = loss_fn(y, p)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        p = model(x, training=False)
        mean_loss.update_state(loss_fn(y, p), sample_weight=tf.shape(y)[0])
        accuracy.update_state(y, p)

    @tf.function
    def val_step(x, y):
        p = model(x, training=False)
        mean_loss.update_state(loss_fn(y, p), sample_weight=tf.shape(y)[0])
        accuracy.update_state(y, p)

    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        for prefix, data, step in (
            ("", train_data, train_step),
            ("val_", val_data, val_step),
        ):
            mean_loss.reset_state()
            accuracy.reset_state()
            for x, y in data:
                step(x, y)
            history[prefix + "loss"].append(float(mean_loss.result()))
            history[prefix + "accuracy"].append(float(accuracy.result()))
    return history
