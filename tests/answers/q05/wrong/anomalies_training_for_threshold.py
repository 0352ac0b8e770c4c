"""Scores the new pictures in inference, the normal ones in training mode."""

import numpy as np

FAULT = "training mode"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def score(x, training=False):
        reconstruction = np.asarray(autoencoder(x, training=training))
        return np.square(x - reconstruction).mean(axis=1)

    scores = score(x_new)
    threshold = np.quantile(score(x_normal, training=True), 1 - share)
    return scores, threshold, scores > threshold
