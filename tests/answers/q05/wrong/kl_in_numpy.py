"""Right numbers, but NumPy's: no gradient passes."""

import numpy as np

FAULT = "NumPy isn't differentiated"


def kl_divergence(mean, log_var):
    mean, log_var = np.asarray(mean), np.asarray(log_var)
    terms = mean**2 + np.exp(log_var) - log_var - 1
    return terms.sum(axis=-1) / 2
