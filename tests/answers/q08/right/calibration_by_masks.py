"""A mask for each bin, open on its right but for the last; Python's own sum."""

import numpy as np


def expected_calibration_error(probabilities, labels, bins=10):
    top = probabilities.argmax(axis=1)
    confidence = probabilities[np.arange(len(top)), top]
    error = 0
    for low in np.arange(bins) / bins:
        above = confidence >= low
        inside = above & ((confidence < low + 1 / bins) | (low + 1 / bins > 0.999))
        if not inside.sum():
            continue
        accuracy = (top[inside] == labels[inside]).mean()
        error += inside.mean() * abs(accuracy - confidence[inside].mean())
    return float(error)
