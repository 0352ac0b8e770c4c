"""Sums over pixels."""

import numpy as np

FAULT = "sums over pixels"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.square(errors).sum(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share)
    return scores, threshold, scores > threshold
