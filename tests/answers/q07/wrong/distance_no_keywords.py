"""Its `__init__` doesn't take the name that the file gives it back."""

import keras
from keras import layers, ops

FAULT = "Does `__init__` take all of that?"


@keras.saving.register_keras_serializable("wrong_no_keywords")
class EuclideanDistance(layers.Layer):
    def __init__(self):
        super().__init__()
        self.floor = 1e-7

    def call(self, inputs):
        left, right = inputs
        squared = ops.sum(ops.square(left - right), axis=-1, keepdims=True)
        return ops.sqrt(ops.maximum(squared, self.floor))
