"""NumPy's root of each element in place of the matrix's."""

import numpy as np

FAULT = "itself in another order"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    root = np.sqrt((a @ b).clip(0))
    return float(gap @ gap + np.trace(a + b - 2 * root))
