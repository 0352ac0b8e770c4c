"""A Python list is filled inside the compiled step: it holds symbols, not numbers."""

import tensorflow as tf

FAULT = "runs once, while it is traced"


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    losses = []

    @tf.function
    def train_step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables, strict=True))
        losses.append(loss)

    history = {"loss": [], "accuracy": [], "val_loss": [], "val_accuracy": []}
    for _ in range(epochs):
        losses.clear()
        for x, y in train_data:
            train_step(x, y)
        history["loss"].append(sum(float(loss) for loss in losses) / len(losses))
    return history
