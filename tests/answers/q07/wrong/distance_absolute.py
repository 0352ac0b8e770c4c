"""The textbook's difference, one number for each feature."""

import keras
from keras import layers, ops

FAULT = "a number for each feature"


@keras.saving.register_keras_serializable("wrong_absolute")
class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        return ops.abs(left - right)
