"""How sure it was of the label, and not of its own choice."""

import numpy as np

FAULT = "that of the label"


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities[np.arange(len(labels)), labels]
    right = probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        chosen = bin_of == b
        if chosen.any():
            gap = abs(confidence[chosen].mean() - right[chosen].mean())
            error += chosen.mean() * gap
    return float(error)
