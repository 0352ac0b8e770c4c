"""Means of absolute errors."""

import numpy as np

FAULT = "square each pixel's error"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.abs(errors).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share)
    return scores, threshold, scores > threshold
