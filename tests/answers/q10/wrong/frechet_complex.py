"""SciPy's root of the product, with the imaginary part that rounding leaves."""

import numpy as np
from scipy import linalg

FAULT = "complex"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    return gap @ gap + np.trace(a + b - 2 * linalg.sqrtm(a @ b))
