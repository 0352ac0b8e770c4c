"""The root of the squared distance."""

import numpy as np

FAULT = "the root of what is asked for"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    values = np.linalg.eigvals(a @ b).real.clip(0)
    squared = gap @ gap + np.trace(a + b) - 2 * np.sqrt(values).sum()
    return float(np.sqrt(max(squared, 0)))
