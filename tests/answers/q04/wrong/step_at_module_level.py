"""One compiled step for all calls: a second optimizer makes its variables in it."""

import keras
import tensorflow as tf

FAULT = "has met a second model or optimizer"


@tf.function
def train_step(model, optimizer, loss_fn, x, y):
    with tf.GradientTape() as tape:
        predictions = model(x, training=True)
        loss = loss_fn(y, predictions)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply(gradients, model.trainable_variables)
    return loss, predictions


@tf.function
def val_step(model, loss_fn, x, y):
    predictions = model(x, training=False)
    return loss_fn(y, predictions), predictions


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    mean_loss, accuracy = keras.metrics.Mean(), keras.metrics.BinaryAccuracy()
    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}

    def record(prefix):
        history[prefix + "loss"].append(float(mean_loss.result()))
        history[prefix + "accuracy"].append(float(accuracy.result()))
        mean_loss.reset_state()
        accuracy.reset_state()

    def see(y, loss, predictions):
        mean_loss.update_state(loss, sample_weight=len(y))
        accuracy.update_state(y, predictions)

    for _ in range(epochs):
        for x, y in train_data:
            see(y, *train_step(model, optimizer, loss_fn, x, y))
        record("")
        for x, y in val_data:
            see(y, *val_step(model, loss_fn, x, y))
        record("val_")
    return history
