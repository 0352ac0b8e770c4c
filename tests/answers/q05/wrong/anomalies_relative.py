"""Scores as multiples of the threshold."""

import numpy as np

FAULT = "as multiples of the threshold"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.square(errors).mean(axis=1)

    threshold = np.quantile(score(x_normal), 1 - share)
    scores = score(x_new) / threshold
    return scores, 1.0, scores > 1
