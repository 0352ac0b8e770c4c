"""Four metrics in a dict, steps compiled by a call; predictions lose their axis."""

import keras
import tensorflow as tf


class Trainer:
    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.metrics = {
            "loss": keras.metrics.Mean(),
            "accuracy": keras.metrics.BinaryAccuracy(threshold=0.5),
            "val_loss": keras.metrics.Mean(),
            "val_accuracy": keras.metrics.BinaryAccuracy(threshold=0.5),
        }
        self.on_train_batch = tf.function(self._learn)
        self.on_val_batch = tf.function(self._look, autograph=False)

    def _see(self, prefix, x, y, training):
        p = tf.squeeze(self.model(x, training=training), axis=-1)
        y = tf.reshape(y, tf.shape(p))
        loss = self.loss_fn(y, p)
        for added in self.model.losses:
            loss += added
        weight = tf.cast(tf.size(y), tf.float32)
        self.metrics[prefix + "loss"].update_state(loss, sample_weight=weight)
        self.metrics[prefix + "accuracy"].update_state(y, p)
        return loss

    def _learn(self, x, y):
        with tf.GradientTape() as tape:
            loss = self._see("", x, y, training=True)
        variables = self.model.trainable_weights
        gradients = tape.gradient(loss, variables)
        pairs = [(g, v) for g, v in zip(gradients, variables, strict=True)]
        self.optimizer.apply_gradients(pairs)

    def _look(self, x, y):
        self._see("val_", x, y, training=False)

    def epoch(self, train_data, val_data):
        for metric in self.metrics.values():
            metric.reset_state()
        for batch in train_data:
            self.on_train_batch(*batch)
        for batch in val_data:
            self.on_val_batch(*batch)
        return {k: metric.result().numpy().item() for k, metric in self.metrics.items()}


def run_training_loop(model, optimizer, loss_fn, train_data, val_data, epochs):
    trainer = Trainer(model, optimizer, loss_fn)
    rows = [trainer.epoch(train_data, val_data) for _ in range(epochs)]
    return {key: [row[key] for row in rows] for key in trainer.metrics}
