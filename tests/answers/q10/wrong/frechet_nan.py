"""Eigenvalues that rounding has made negative, and their roots."""

import numpy as np

FAULT = "finite number"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    values = np.linalg.eigvals(a @ b).real
    return float(gap @ gap + np.trace(a + b) - 2 * np.sqrt(values).sum())
