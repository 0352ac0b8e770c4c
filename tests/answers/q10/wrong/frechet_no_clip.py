"""Roots of what rounding has left a little below zero."""

import numpy as np

FAULT = "NaN has got into the matrix"


def _root(cov):
    values, vectors = np.linalg.eigh(cov)
    return (vectors * np.sqrt(values)) @ vectors.T


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    root = _root(a)
    shared = np.linalg.eigvalsh(root @ b @ root)
    return float(gap @ gap + np.trace(a + b) - 2 * np.sqrt(shared).sum())
