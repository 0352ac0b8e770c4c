"""No metrics: steps return sums, Python adds them up, XLA compiles the training."""

import numpy as np
import tensorflow as tf


def run_training_loop(
    model, optimizer, loss_fn, train_data, val_data, epochs, verbose=False
):
    weights = model.trainable_variables

    def scores(x, y, training):
        p = model(x, training=training)
        y = y[:, None] if len(y.shape) == 1 else y
        loss = tf.add_n([loss_fn(y, p), *model.losses])
        hits = tf.reduce_sum(tf.cast((p > 0.5) == (y > 0.5), "float32"))
        return loss, hits

    @tf.function(jit_compile=True)
    def train_step(x, y):
        with tf.GradientTape() as tape:
            loss, hits = scores(x, y, True)
        optimizer.apply(tape.gradient(loss, weights), weights)
        return loss, hits

    @tf.function(reduce_retracing=True)
    def val_step(x, y):
        return scores(x, y, False)

    def epoch(step, data):
        rows = []
        for x, y in data:
            loss, hits = step(x, y)
            rows.append((float(loss) * len(x), float(hits), len(x)))
        loss, hits, count = np.sum(rows, axis=0)
        return float(loss / count), float(hits / count)

    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for number in range(epochs):
        train_loss, train_accuracy = epoch(train_step, train_data)
        val_loss, val_accuracy = epoch(val_step, val_data)
        history["loss"].append(train_loss)
        history["accuracy"].append(train_accuracy)
        history["val_loss"].append(val_loss)
        history["val_accuracy"].append(val_accuracy)
        if verbose:
            print(number, train_loss, val_loss)
    return history


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    best, best_epoch, losses = float("inf"), -1, []
    kept = [w.numpy() for w in model.weights]
    for epoch in range(max_epochs):
        train_epoch(model)
        loss = validate(model)
        losses.append(loss)
        if loss < best:
            best, best_epoch = loss, epoch
            kept = [w.numpy().copy() for w in model.weights]
        if epoch - best_epoch >= max(patience, 1):
            break
    for weight, value in zip(model.weights, kept, strict=True):
        weight.assign(value)
    return losses
