"""SciPy's root of the product, which singular covariances may turn to NaN."""

import numpy as np
from scipy import linalg

FAULT = "right where a covariance is singular"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    return float(gap @ gap + np.trace(a + b - 2 * linalg.sqrtm(a @ b).real))
