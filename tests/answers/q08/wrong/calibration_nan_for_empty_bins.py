"""The mean of no confidences is NaN, and so is the sum."""

import numpy as np

FAULT = "a finite number"


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        chosen = bin_of == b
        gap = abs(confidence[chosen].mean() - right[chosen].mean())
        error += chosen.mean() * gap
    return float(error)
