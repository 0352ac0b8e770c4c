"""Covariances and roots in single precision."""

import numpy as np

FAULT = "digits lost"


def _root(cov):
    values, vectors = np.linalg.eigh(cov)
    return (vectors * np.sqrt(values.clip(0))) @ vectors.T


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False, dtype="float32") for x in (real, generated))
    root = _root(a)
    shared = np.linalg.eigvalsh(root @ b @ root).clip(0)
    return float(gap @ gap + np.trace(a + b) - 2 * np.sqrt(shared).sum())
