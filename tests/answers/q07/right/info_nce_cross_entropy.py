"""Keras's cross-entropy with the rows' numbers as labels, taken twice."""

import keras
from keras import ops


def info_nce(left, right, temperature=0.1):
    left, right = ops.normalize(left), ops.normalize(right)
    scores = left @ ops.transpose(right) / temperature
    labels = ops.arange(ops.shape(scores)[0])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return 0.5 * (loss(labels, scores) + loss(labels, ops.transpose(scores)))
