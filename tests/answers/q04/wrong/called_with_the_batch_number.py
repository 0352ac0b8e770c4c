"""A Python number among the arguments: one trace for each."""

import keras
import tensorflow as tf

FAULT = "anew for each batch"


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    mean_loss, accuracy = keras.metrics.Mean(), keras.metrics.BinaryAccuracy()

    def record(y, predictions, loss):
        mean_loss.update_state(loss, sample_weight=tf.shape(y)[0])
        accuracy.update_state(y, predictions)

    @tf.function
    def train_step(number, x, y):
        with tf.GradientTape() as tape:
            predictions = model(x, training=True)
            y = tf.reshape(y, (-1, 1))
            loss = loss_fn(y, predictions) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        record(y, predictions, loss)

    @tf.function
    def val_step(number, x, y):
        predictions = model(x, training=False)
        y = tf.reshape(y, (-1, 1))
        record(y, predictions, loss_fn(y, predictions) + sum(model.losses))

    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        for prefix, data, step in (
            ("", train_data, train_step),
            ("val_", val_data, val_step),
        ):
            mean_loss.reset_state()
            accuracy.reset_state()
            for number, (x, y) in enumerate(data):
                step(number, x, y)
            history[prefix + "loss"].append(float(mean_loss.result()))
            history[prefix + "accuracy"].append(float(accuracy.result()))
    return history
