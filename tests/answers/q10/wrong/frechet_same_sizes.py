"""The generated set is cut to the real one's size, and not the other way round."""

import numpy as np

FAULT = "on the way back"


def frechet_distance(real, generated):
    generated = generated[: len(real)]
    gap = real.mean(axis=0) - generated.mean(axis=0)
    a, b = (np.cov(x, rowvar=False) for x in (real, generated))
    values = np.linalg.eigvals(a @ b).real.clip(0)
    return float(gap @ gap + np.trace(a + b) - 2 * np.sqrt(values).sum())
