"""A threshold for each pixel."""

import numpy as np

FAULT = "one threshold for all pictures"


def find_anomalies(autoencoder, x_normal, x_new, share=0.01):
    def square(x):
        return np.square(x - np.asarray(autoencoder(x, training=False)))

    threshold = np.quantile(square(x_normal), 1 - share, axis=0)
    flags = (square(x_new) > threshold).any(axis=1)
    return square(x_new).mean(axis=1), threshold, flags
