"""Steps from factories with a fixed signature; scores kept and weighed by NumPy."""

from collections import defaultdict

import keras
import numpy as np
import tensorflow as tf


def make_train_step(model, optimizer, loss_fn, spec):
    @tf.function(input_signature=spec)
    def step(features, labels):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([v.value for v in model.trainable_variables])
            scores = model(features, training=True)
            loss = tf.reduce_mean(loss_fn(labels, scores)) + sum(model.losses)
        optimizer.apply(
            tape.gradient(loss, [v.value for v in model.trainable_variables]),
            model.trainable_variables,
        )
        return loss, scores

    return step


def make_val_step(model, loss_fn, spec):
    @tf.function(input_signature=spec)
    def step(features, labels):
        scores = model(features, training=False)
        return loss_fn(labels, scores) + sum(model.losses), scores

    return step


def summarise(step, data):
    losses, sizes, right = [], [], []
    for features, labels in data.prefetch(tf.data.AUTOTUNE):
        loss, scores = step(features, labels)
        predicted = np.asarray(scores).squeeze(-1) > 0.5
        right.append(predicted == (np.asarray(labels).ravel() == 1))
        losses.append(loss.numpy())
        sizes.append(len(predicted))
    return (
        float(np.average(losses, weights=sizes)),
        float(np.concatenate(right).mean()),
    )


def run_training_loop(
    model, optimizer, loss_fn, train_data, val_data, epochs, *, on_epoch_end=None
):
    def as_columns(features, labels):
        return features, tf.reshape(labels, (-1, 1))

    train_data, val_data = train_data.map(as_columns), val_data.map(as_columns)
    spec = tuple(train_data.element_spec)
    train_step = make_train_step(model, optimizer, loss_fn, spec)
    val_step = make_val_step(model, loss_fn, spec)
    history = defaultdict(list)
    for epoch in keras.tree.flatten(list(range(epochs))):
        for prefix, step, data in (
            ("", train_step, train_data),
            ("val_", val_step, val_data),
        ):
            loss, accuracy = summarise(step, data)
            history[f"{prefix}loss"] += [loss]
            history[f"{prefix}accuracy"] += [accuracy]
        if on_epoch_end:
            on_epoch_end(epoch, history)
    return dict(history)


def fit_with_early_stopping(model, train_epoch, validate, patience, max_epochs):
    """Keeps a clone of the best model, and looks back over the list of losses."""
    losses, best = [], keras.models.clone_model(model)
    while len(losses) < max_epochs:
        train_epoch(model)
        losses.append(validate(model))
        best_epoch = int(np.argmin(losses))
        if best_epoch == len(losses) - 1:
            best.set_weights(model.get_weights())
        if len(losses) - 1 - best_epoch == max(patience, 1):
            break
    model.set_weights(best.get_weights())
    return losses
