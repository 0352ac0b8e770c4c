"""Means and variances, feature by feature; no covariances."""

FAULT = "each feature by itself"


def frechet_distance(real, generated):
    gap = real.mean(axis=0) - generated.mean(axis=0)
    wide = real.std(axis=0, ddof=1) - generated.std(axis=0, ddof=1)
    return float(gap @ gap + wide @ wide)
