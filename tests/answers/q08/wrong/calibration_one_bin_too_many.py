"""Eleven edges for ten bins were meant; for others it is one bin too many."""

import numpy as np

FAULT = "with bins="


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bins = bins if bins == 10 else bins + 1
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    error = 0.0
    for b in range(bins):
        chosen = bin_of == b
        if chosen.any():
            gap = abs(confidence[chosen].mean() - right[chosen].mean())
            error += chosen.mean() * gap
    return float(error)
