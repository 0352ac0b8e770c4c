"""No root."""

import keras
from keras import layers, ops

FAULT = "the squared distance"


@keras.saving.register_keras_serializable("wrong_squared")
class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        return ops.sum(ops.square(left - right), axis=-1, keepdims=True)
