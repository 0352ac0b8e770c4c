"""A little is added to the diagonals, so that SciPy's root never meets a zero."""

import numpy as np
from scipy import linalg

FAULT = "dead in one set"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (
        np.cov(x, rowvar=False) + 1e-6 * np.eye(x.shape[1]) for x in (real, generated)
    )
    return float(gap @ gap + np.trace(a + b - 2 * linalg.sqrtm(a @ b).real))
