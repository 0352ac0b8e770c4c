"""LeNet with tanh; log-probabilities, of which the loss gathers the label's."""

import random

import keras
import numpy as np
import tensorflow as tf
from keras import layers


def negative_log_likelihood(y_true, log_p):
    """The log-probability of each label, gathered by hand; summed over the batch."""
    y_true = tf.cast(tf.reshape(y_true, (-1,)), tf.int32)
    places = tf.stack([tf.range(tf.size(y_true)), y_true], axis=1)
    return -tf.reduce_sum(tf.gather_nd(log_p, places))


def build_cnn(input_shape=(28, 28, 1), num_classes=10, **kwargs):
    model = keras.models.Sequential(name="lenet")
    model.add(keras.Input(input_shape))
    model.add(layers.Conv2D(6, 5, padding="same", activation="tanh"))
    model.add(layers.AveragePooling2D(2))
    model.add(layers.Conv2D(16, 5, activation="tanh"))
    model.add(layers.AveragePooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dense(120, activation="tanh"))
    model.add(layers.Dense(84, activation="tanh"))
    model.add(layers.Dense(num_classes, activation="log_softmax"))
    model.compile(
        optimizer=keras.optimizers.SGD(kwargs.get("rate", 0.003), momentum=0.9),
        loss=negative_log_likelihood,
        metrics=["sparse_categorical_accuracy"],
    )
    return model


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    """Python's own shuffle of zipped pairs; between -1 and 1, by the pixels' range."""
    pairs = list(zip(x_train, y_train, strict=True))
    random.Random(seed).shuffle(pairs)
    n_val = round(len(pairs) * val_fraction)
    parts = {"val": pairs[:n_val], "train": pairs[n_val:]}
    arrays = {"x_test": np.float32(x_test[..., None]) / 127.5 - 1}
    for name, part in parts.items():
        images, labels = zip(*part, strict=True)
        arrays[f"x_{name}"] = np.float32(np.stack(images)[..., None]) / 127.5 - 1
        arrays[f"y_{name}"] = np.array(labels)
    return arrays
