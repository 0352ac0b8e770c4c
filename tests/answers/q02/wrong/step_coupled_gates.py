"""Writes what it forgets."""

import numpy as np

FAULT = "what is forgotten is what is written"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    z = x @ kernel + h @ recurrent_kernel + bias
    _, f, g, o = np.split(z, 4, axis=-1)
    f = sigmoid(f)
    c = f * c + (1 - f) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
