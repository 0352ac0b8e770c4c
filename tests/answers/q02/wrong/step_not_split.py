"""Forgets to cut the four apart."""

import numpy as np

FAULT = "still lie side by side"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    z = x @ kernel + h @ recurrent_kernel + bias
    c = np.tile(c, 4)
    c = sigmoid(z) * c + sigmoid(z) * np.tanh(z)
    return sigmoid(z) * np.tanh(c), c
