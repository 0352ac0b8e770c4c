"""The root has no slope at 0."""

import keras
from keras import layers, ops

FAULT = "NaN"


@keras.saving.register_keras_serializable("wrong_nan_gradient")
class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        squared = ops.sum(ops.square(left - right), axis=-1, keepdims=True)
        return ops.sqrt(squared)
