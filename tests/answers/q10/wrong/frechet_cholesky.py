"""A Cholesky factor, which a covariance without full rank doesn't have."""

import numpy as np

FAULT = "positive definite"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    factor = np.linalg.cholesky(a)
    values = np.linalg.eigvalsh(factor.T @ b @ factor)
    return float(gap @ gap + np.trace(a + b) - 2 * np.sqrt(values).sum())
