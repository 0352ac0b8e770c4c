"""The middle of a bin stands for the confidences in it."""

import numpy as np

FAULT = "the middle of the bin"


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        chosen = bin_of == b
        if chosen.any():
            gap = abs((b + 0.5) / bins - right[chosen].mean())
            error += chosen.mean() * gap
    return float(error)
