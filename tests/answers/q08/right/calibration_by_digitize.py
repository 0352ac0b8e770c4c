"""Bins by digitize, which hold their lower edges; sums by bincount."""

import numpy as np


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = np.max(probabilities, axis=-1).astype("float64")
    right = (np.argmax(probabilities, axis=-1) == labels).astype("float64")
    edges = np.linspace(0, 1, bins + 1)
    place = np.digitize(confidence, edges[1:-1])
    surplus = np.bincount(place, weights=confidence - right, minlength=bins)
    return float(np.abs(surplus).sum() / len(labels))
