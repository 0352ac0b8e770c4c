"""A function that makes a model: nothing that Keras could track and load."""

import keras
from keras import layers, ops

FAULT = "a function isn't one"


def AttentionPooling(units):
    def pool(inputs, mask=None):
        scores = layers.Dense(1)(layers.Dense(units, activation="tanh")(inputs))
        if mask is not None:
            scores = ops.where(mask[..., None], scores, -3e4)
        return ops.sum(ops.softmax(scores, axis=1) * inputs, axis=1)

    return layers.Lambda(pool)


assert isinstance(AttentionPooling(2), keras.Layer)
