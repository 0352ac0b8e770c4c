"""The number of bins can't be given by its place."""

import numpy as np

FAULT = "by name alone"


def expected_calibration_error(probabilities, labels, *, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = np.bincount(place, confidence - right, minlength=bins)
    return float(np.abs(gaps).sum() / len(labels))
