"""Fault: the model reconstructs in training mode."""

import numpy as np

FAULT = "training mode"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=True))
        return np.square(errors).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share)
    return scores, threshold, scores > threshold
