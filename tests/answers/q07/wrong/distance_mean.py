"""The mean over the features."""

import keras
from keras import layers, ops

FAULT = "a mean over features"


@keras.saving.register_keras_serializable("wrong_mean")
class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        squared = ops.mean(ops.square(left - right), axis=-1, keepdims=True)
        return ops.sqrt(ops.maximum(squared, 1e-7))
