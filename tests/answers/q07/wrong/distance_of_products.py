"""Squared lengths less twice the product: far from 0 all digits are lost."""

import keras
from keras import layers, ops

FAULT = "lost its last digits"


@keras.saving.register_keras_serializable("wrong_of_products")
class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        lengths = ops.sum(left * left, axis=-1) + ops.sum(right * right, axis=-1)
        squared = lengths - 2 * ops.sum(left * right, axis=-1)
        return ops.sqrt(ops.maximum(squared, 1e-7))
