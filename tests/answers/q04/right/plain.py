"""The plain answers, of which most of the wrong ones are edits."""

import keras
import tensorflow as tf


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    mean_loss, accuracy = keras.metrics.Mean(), keras.metrics.BinaryAccuracy()

    def loss_of(y, predictions):
        y = tf.expand_dims(y, -1) if y.shape.rank < predictions.shape.rank else y
        return loss_fn(y, predictions) + sum(model.losses)

    def record(y, predictions, loss):
        mean_loss.update_state(loss, sample_weight=tf.shape(y)[0])
        accuracy.update_state(y, predictions)

    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            predictions = model(x, training=True)
            loss = loss_of(y, predictions)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
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
            mean_loss.reset_state()
            accuracy.reset_state()
            for x, y in data:
                step(x, y)
            history[prefix + "loss"].append(float(mean_loss.result()))
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
            if wait >= patience:
                break
    model.set_weights(best_weights)
    return losses


def accumulated_step(model, optimizer, loss_fn, x, y, parts):
    variables = model.trainable_variables
    size = -(-len(x) // parts)
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
    return mean_loss
