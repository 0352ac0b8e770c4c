"""The mean goes over the pictures."""

import numpy as np

FAULT = "for 100 pictures, scores of shape (100,)"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.square(errors).mean(axis=0)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share)
    return scores, threshold, scores > threshold
