"""No class at all: the distance from `keras.ops`, on a dense encoder."""

import keras
import numpy as np
from keras import ops


def make_pairs(x, y, num_pairs, seed):
    random = np.random.default_rng(seed)
    same = np.zeros(num_pairs, dtype=bool)
    same[: num_pairs // 2] = True
    same = random.permutation(same)
    left = random.integers(len(x), size=num_pairs)
    scores = random.random((num_pairs, len(x)))
    scores[np.arange(num_pairs), left] = -1
    scores[(y[left][:, None] == y) != same[:, None]] = -1
    return (x[left], x[scores.argmax(axis=1)]), same.astype(np.int32)


@keras.saving.register_keras_serializable("right_operations")
class Contrastive(keras.losses.Loss):
    def call(self, y_true, y_pred):
        return contrastive_loss(y_true, y_pred, margin=2.0)


def contrastive_loss(y_true, y_pred, margin=1.0, reduce=True):
    y_pred = ops.reshape(ops.convert_to_tensor(y_pred), (-1, 1))
    y_true = ops.cast(ops.reshape(y_true, (-1, 1)), y_pred.dtype)
    losses = y_true * y_pred**2 + (1 - y_true) * ops.maximum(margin - y_pred, 0) ** 2
    return ops.mean(losses) if reduce else losses


def build_siamese(input_shape=(28, 28, 1), sizes=(128, 64)):
    image = keras.Input(input_shape)
    flat = keras.layers.Flatten()(image)
    for size in sizes:
        flat = keras.layers.Dense(size, activation="tanh")(flat)
    encoder = keras.Model(image, flat)
    left, right = keras.Input(input_shape), keras.Input(input_shape)
    gap = ops.square(encoder(left) - encoder(right))
    distance = ops.sqrt(ops.maximum(ops.sum(gap, axis=-1), 1e-6))
    siamese = keras.Model([left, right], distance)
    siamese.compile("adam", Contrastive())
    return encoder, siamese
