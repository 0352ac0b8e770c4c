"""The sum of absolute differences: no root, and no Euclid."""

import keras
from keras import layers, ops

FAULT = "the sum of absolute differences"


@keras.saving.register_keras_serializable("wrong_manhattan")
class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        return ops.sum(ops.abs(left - right), axis=-1, keepdims=True)
