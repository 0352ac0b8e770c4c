"""The threshold comes from both sets together."""

import numpy as np

FAULT = "a quantile of the normal"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x):
        errors = x - np.asarray(autoencoder(x, training=False))
        return np.square(errors).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(np.concatenate([x_normal, x_new])), 1 - share)
    return scores, threshold, scores > threshold
