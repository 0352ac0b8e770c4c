"""Keras can't find the class again."""

from keras import layers, ops

FAULT = "register it"


class EuclideanDistance(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        squared = ops.sum(ops.square(left - right), axis=-1, keepdims=True)
        return ops.sqrt(ops.maximum(squared, 1e-7))
