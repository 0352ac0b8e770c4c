"""What the model adds is read once, before the first step."""

import keras
import tensorflow as tf

FAULT = "untrained weights throughout"


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    mean_loss, accuracy = keras.metrics.Mean(), keras.metrics.BinaryAccuracy()
    added = float(sum(model.losses))

    def record(y, predictions, loss):
        mean_loss.update_state(loss, sample_weight=tf.shape(y)[0])
        accuracy.update_state(y, predictions)

    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            predictions = model(x, training=True)
            y = tf.reshape(y, (-1, 1))
            loss = loss_fn(y, predictions) + added
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        record(y, predictions, loss)

    @tf.function
    def val_step(x, y):
        predictions = model(x, training=False)
        y = tf.reshape(y, (-1, 1))
        record(y, predictions, loss_fn(y, predictions) + added)

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
