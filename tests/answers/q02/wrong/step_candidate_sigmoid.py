"""Four sigmoids."""

import numpy as np

FAULT = "candidate went through a sigmoid"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    z = x @ kernel + h @ recurrent_kernel + bias
    i, f, g, o = np.split(sigmoid(z), 4, axis=-1)
    c = f * c + i * g
    return o * np.tanh(c), c
