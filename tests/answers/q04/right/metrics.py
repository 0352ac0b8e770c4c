"""Keras metrics, two compiled steps; its loss lines up the ranks as Keras's do."""

import keras
import tensorflow as tf


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    loss_mean, accuracy = keras.metrics.Mean(), keras.metrics.BinaryAccuracy()

    def loss_of(y, predictions):
        y = tf.expand_dims(y, -1) if y.shape.rank < predictions.shape.rank else y
        return loss_fn(y, predictions) + sum(model.losses)

    def record(y, predictions, loss):
        loss_mean.update_state(loss, sample_weight=tf.shape(y)[0])
        accuracy.update_state(y, predictions)

    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            predictions = model(x, training=True)
            loss = loss_of(y, predictions)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(
            zip(gradients, model.trainable_variables, strict=True)
        )
        record(y, predictions, loss)

    @tf.function
    def val_step(x, y):
        predictions = model(x, training=False)
        record(y, predictions, loss_of(y, predictions))

    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        for prefix, data, step in (
            ("", train_data, train_step),
            ("val_", val_data, val_step),
        ):
            loss_mean.reset_state()
            accuracy.reset_state()
            for x, y in data:
                step(x, y)
            history[prefix + "loss"].append(float(loss_mean.result()))
            history[prefix + "accuracy"].append(float(accuracy.result()))
    return history


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    losses, best_weights, wait = [], None, 0
    for _ in range(max_epochs):
        train_epoch(model)
        losses.append(float(validate(model)))
        if losses[-1] < min(losses[:-1], default=float("inf")):
            best_weights, wait = model.get_weights(), 0
        else:
            wait += 1
        if wait == patience:
            break
    model.set_weights(best_weights)
    return losses
