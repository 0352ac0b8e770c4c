"""The memory is kept within ten, so that nothing overflows."""

import numpy as np
from scipy.special import expit

FAULT = "for a memory in the hundreds"


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    z = x @ kernel + h @ recurrent_kernel + bias
    i, f, g, o = np.split(z, 4, axis=-1)
    new = np.clip(expit(f) * c + expit(i) * np.tanh(g), -10, 10)
    return expit(o) * np.tanh(new), new
