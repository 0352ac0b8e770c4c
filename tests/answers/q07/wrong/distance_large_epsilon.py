"""The floor under the root is a distance of its own."""

import keras
from keras import layers, ops

FAULT = "but for rounding"


@keras.saving.register_keras_serializable("wrong_large_epsilon")
class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        squared = ops.sum(ops.square(left - right), axis=-1, keepdims=True)
        return ops.sqrt(ops.maximum(squared, 1e-2))
