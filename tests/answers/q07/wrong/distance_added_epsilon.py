"""What is added under the root is seen in each distance."""

import keras
from keras import layers, ops

FAULT = "0.01 is added under the root"


@keras.saving.register_keras_serializable("wrong_added_epsilon")
class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        squared = ops.sum(ops.square(left - right), axis=-1, keepdims=True)
        return ops.sqrt(squared + 1e-2)
