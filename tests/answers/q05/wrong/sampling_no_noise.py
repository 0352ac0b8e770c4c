"""Scales nothing and draws nothing."""

import keras

FAULT = "there is no noise"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        return mean + 0 * log_var
