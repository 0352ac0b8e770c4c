"""Four matrices cut out beforehand; the sigmoid by tanh; a list comes back."""

import numpy as np


def lstm_step(x, h, c, kernel, recurrent_kernel, bias):
    units = h.shape[-1]
    both = np.concatenate([x, h], axis=-1)
    weights = np.concatenate([kernel, recurrent_kernel])
    write, keep, candidate, show = (
        both @ weights[:, k : k + units] + bias[k : k + units]
        for k in range(0, 4 * units, units)
    )
    write, keep, show = ((1 + np.tanh(z / 2)) / 2 for z in (write, keep, show))
    memory = keep * c + write * np.tanh(candidate)
    return [show * np.tanh(memory), memory]
