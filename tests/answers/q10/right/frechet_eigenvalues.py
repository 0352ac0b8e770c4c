"""The distance from the eigenvalues of the product, which no root is taken of."""

import numpy as np


def frechet_distance(real, generated):
    a, b = (np.asarray(x, "float64") for x in (real, generated))
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    # The product of two covariances has eigenvalues that are real and not negative.
    values = np.linalg.eigvals(cov_a @ cov_b).real.clip(0)
    gap = ((a.mean(axis=0) - b.mean(axis=0)) ** 2).sum()
    return gap + np.trace(cov_a) + np.trace(cov_b) - 2 * np.sqrt(values).sum()
