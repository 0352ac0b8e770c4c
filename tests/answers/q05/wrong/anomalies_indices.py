"""Returns which pictures are odd instead of a flag for each."""

import numpy as np

FAULT = "100 flags, True or False"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.square(errors).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal), 1 - share)
    return scores, threshold, np.flatnonzero(scores > threshold)
