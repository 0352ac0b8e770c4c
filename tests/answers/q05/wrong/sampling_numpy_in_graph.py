"""NumPy's noise, made where the size is known: a graph keeps it as a constant."""

import keras
import numpy as np
from keras import ops

FAULT = "at each call of a graph"


class Sampling(keras.layers.Layer):
    def call(self, inputs):
        mean, log_var = inputs
        shape = [size or 1 for size in mean.shape]
        noise = np.random.default_rng().normal(size=shape).astype("float32")
        return mean + ops.exp(log_var / 2) * noise
