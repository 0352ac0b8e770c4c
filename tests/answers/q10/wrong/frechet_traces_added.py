"""Twice the root is left out."""

import numpy as np

FAULT = "itself in another order"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    return float(gap @ gap + np.trace(a + b))
