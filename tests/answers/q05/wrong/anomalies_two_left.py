"""Only the mean was repaired."""

import numpy as np

FAULT = "training mode"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=True))
        return np.square(errors).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(scores, 1 - share)
    return scores, threshold, scores > threshold
