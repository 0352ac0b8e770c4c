"""A confidence of 1 makes an eleventh bin."""

import numpy as np

FAULT = "bin of their own"


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = (confidence * bins).astype(int)
    error = 0.0
    for b in np.unique(bin_of):
        chosen = bin_of == b
        if chosen.any():
            gap = abs(confidence[chosen].mean() - right[chosen].mean())
            error += chosen.mean() * gap
    return float(error)
