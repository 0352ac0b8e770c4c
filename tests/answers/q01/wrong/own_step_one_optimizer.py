"""A training step of its own, with an optimizer that stands outside."""

import keras
import tensorflow as tf
from keras import layers

FAULT = "can't be trained once another one was"


OPTIMIZER = keras.optimizers.Adam()


class Network(keras.Sequential):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x, y, self(x, training=True))
        variables = self.trainable_variables
        OPTIMIZER.apply(tape.gradient(loss, variables), variables)
        return {"loss": loss}


def build_cnn(input_shape=(28, 28, 1), num_classes=10):
    model = Network(
        [
            keras.Input(input_shape),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(num_classes, activation="softmax"),
        ]
    )
    model.compile(loss="sparse_categorical_crossentropy")
    return model
