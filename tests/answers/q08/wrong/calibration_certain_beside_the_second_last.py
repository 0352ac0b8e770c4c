"""A confidence of 1 ends in the bin below the last."""

FAULT = "confidence of exactly 1"


def expected_calibration_error(probabilities, labels, bins=10):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bin_of = (confidence * bins).astype(int)
    bin_of[bin_of == bins] = bins - 2
    error = 0.0
    for b in range(bins):
        chosen = bin_of == b
        if chosen.any():
            gap = abs(confidence[chosen].mean() - right[chosen].mean())
            error += chosen.mean() * gap
    return float(error)
