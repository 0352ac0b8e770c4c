"""A small class holds the state; whole epochs are compiled, data loop included."""

import keras
import tensorflow as tf


class Loop:
    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.total = tf.Variable(0.0)
        self.hits = tf.Variable(0.0)
        self.seen = tf.Variable(0.0)
        optimizer.build(model.trainable_variables)

    def _loss(self, y, p):
        loss = self.loss_fn(tf.reshape(y, tf.shape(p)), p)
        return loss + sum(self.model.losses)

    def _count(self, y, p, loss):
        n = tf.cast(tf.shape(y)[0], "float32")
        self.total.assign_add(loss * n)
        self.hits.assign_add(n * tf.reduce_mean(keras.metrics.binary_accuracy(y, p)))
        self.seen.assign_add(n)

    @tf.function
    def train(self, data):
        for x, y in data:
            with tf.GradientTape() as tape:
                p = self.model(x, training=True)
                loss = self._loss(y, p)
            grads = tape.gradient(loss, self.model.trainable_weights)
            self.optimizer.apply_gradients(
                list(zip(grads, self.model.trainable_weights, strict=True))
            )
            self._count(y, p, loss)

    @tf.function
    def validate(self, data):
        for x, y in data:
            p = self.model(x, training=False)
            self._count(y, p, self._loss(y, p))

    def collect(self, run, data):
        for variable in (self.total, self.hits, self.seen):
            variable.assign(0.0)
        run(data)
        return float(self.total / self.seen), float(self.hits / self.seen)


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    loop = Loop(model, optimizer, loss_fn)
    rows = []
    for _ in range(epochs):
        rows.append(
            loop.collect(loop.train, train_data) + loop.collect(loop.validate, val_data)
        )
    columns = [list(column) for column in zip(*rows, strict=True)]
    return dict(
        zip(("loss", "accuracy", "val_loss", "val_accuracy"), columns, strict=True)
    )
