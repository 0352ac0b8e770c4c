"""Flags what is at the threshold, too."""

import numpy as np

FAULT = "no flag where every score is equal"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.square(errors).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share)
    return scores, threshold, scores >= threshold
