"""Three standard deviations, whatever `share` says."""

import numpy as np

FAULT = "a quantile of the normal"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.square(errors).mean(axis=1)

    scores = score(x_new)
    threshold = score(x_normal).mean() + 3 * score(x_normal).std()
    return scores, threshold, scores > threshold
