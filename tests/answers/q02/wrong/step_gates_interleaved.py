"""Takes the columns four by four."""

import numpy as np

FAULT = "taken to be neighbours"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    z = (x @ kernel + h @ recurrent_kernel + bias).reshape(*h.shape, 4)
    i, f, g, o = np.moveaxis(z, -1, 0)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c), c
