"""Bins are open on their right, the last one too."""

FAULT = "in no bin"


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = (confidence * bins).astype(int)
    error = 0.0
    for b in range(bins):
        chosen = bin_of == b
        if chosen.any():
            gap = abs(confidence[chosen].mean() - right[chosen].mean())
            error += chosen.mean() * gap
    return float(error)
