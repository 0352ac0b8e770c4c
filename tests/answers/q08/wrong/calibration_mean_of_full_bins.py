"""Shares are averaged over the bins that hold examples, then scaled by all bins."""

import numpy as np

FAULT = "bins hold examples"


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    terms = []
    for b in np.unique(bin_of):
        chosen = bin_of == b
        gap = abs(confidence[chosen].mean() - right[chosen].mean())
        terms.append(chosen.mean() * gap)
    return float(bins * np.mean(terms))
