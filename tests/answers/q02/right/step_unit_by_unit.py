"""One sentence and one unit after the other, in float64, with SciPy's sigmoid."""

import numpy as np
from scipy.special import expit


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    batch, units = h.shape
    new_h, new_c = np.empty((batch, units)), np.empty((batch, units))
    for row in range(batch):
        for unit in range(units):
            i, f, g, o = (
                x[row] @ kernel[:, place]
                + h[row] @ recurrent_kernel[:, place]
                + bias[place]
                for place in range(unit, 4 * units, units)
            )
            new_c[row, unit] = expit(f) * c[row, unit] + expit(i) * np.tanh(g)
            new_h[row, unit] = expit(o) * np.tanh(new_c[row, unit])
    return new_h, new_c
