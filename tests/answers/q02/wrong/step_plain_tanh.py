"""The state is what a plain recurrent layer would show."""

import numpy as np

FAULT = "numbers that differ"


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    z = x @ kernel + h @ recurrent_kernel + bias
    c = np.tanh(np.split(z, 4, axis=-1)[2])
    return np.tanh(c), c
