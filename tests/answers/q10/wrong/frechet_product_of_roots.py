"""The trace of the product of both roots."""

import numpy as np

FAULT = "the product of two roots"


def _root(cov):
    values, vectors = np.linalg.eigh(cov)
    return (vectors * np.sqrt(values.clip(0))) @ vectors.T


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    return float(gap @ gap + np.trace(a + b) - 2 * np.trace(_root(a) @ _root(b)))
