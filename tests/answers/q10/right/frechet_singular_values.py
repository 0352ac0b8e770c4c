"""The distance from the features themselves: no covariance, no root of a matrix."""

import numpy as np


def frechet_distance(real, generated):
    means = [x.mean(axis=0) for x in (real, generated)]
    a, b = (
        (x - mean) / np.sqrt(len(x))
        for x, mean in zip((real, generated), means, strict=True)
    )
    shared = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    distance = np.sum((means[0] - means[1]) ** 2)
    return float(distance + np.sum(a**2) + np.sum(b**2) - 2 * shared)
