"""A model class with a loss of its own, by tf.nn; compiled with an optimizer alone."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from sklearn.preprocessing import StandardScaler


class SelfJudged(keras.Model):
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, **kwargs):
        labels = tf.cast(tf.reshape(y, (-1,)), tf.int64)
        return tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels, y_pred)
        )


def build_cnn(input_shape=(28, 28, 1), num_classes=10, *, widths=(16, 32), rate=1e-3):
    pixels = keras.Input(input_shape, name="pixels")
    branches = [
        layers.Conv2D(widths[0], size, strides=2, padding="same", activation="gelu")(
            pixels
        )
        for size in (3, 5)
    ]
    x = layers.Concatenate()(branches)
    x = layers.DepthwiseConv2D(3, padding="same")(x)
    x = layers.Conv2D(widths[1], 1, activation="gelu")(x)
    x = layers.AveragePooling2D(2)(x)
    x = layers.Flatten()(x)
    model = SelfJudged(pixels, layers.Dense(num_classes)(x))
    model.compile(optimizer=keras.optimizers.Adamax(5 * rate))
    return model


def prepare(x_train, y_train, x_test, val_fraction=0.2, seed=0):
    """Each pixel scaled by its own mean and deviation, by scikit-learn."""
    random = np.random.RandomState(seed)
    chosen = np.zeros(len(x_train), dtype=bool)
    n_val = int(val_fraction * len(x_train))
    chosen[random.choice(len(x_train), n_val, replace=False)] = True
    rows = random.permutation(np.flatnonzero(~chosen))
    scaler = StandardScaler().fit(x_train[rows].reshape(len(rows), -1))

    def scale(images):
        flat = scaler.transform(images.reshape(len(images), -1))
        return flat.reshape(*images.shape, 1).astype("float32")

    return {
        "x_train": scale(x_train[rows]),
        "y_train": y_train[rows],
        "x_val": scale(x_train[chosen]),
        "y_val": y_train[chosen],
        "x_test": scale(x_test),
    }
