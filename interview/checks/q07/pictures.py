"""Four easy kinds of picture, and pairs of them, to train a network on in a check."""

import numpy as np


def pictures(seed: int, count: int = 40) -> tuple[np.ndarray, np.ndarray]:
    """Images and labels: noisy, shifted stripes, columns, discs and frames."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[:28, :28]
    radius = (rows - 14) ** 2 + (columns - 14) ** 2
    kinds = ((rows // 3) % 2, (columns // 3) % 2, radius < 30, radius > 80)
    y = np.repeat(np.arange(4), count)
    x = np.stack([np.roll(kinds[k], random.integers(-1, 2, 2), (0, 1)) for k in y])
    x = 0.8 * x + 0.2 * random.random(x.shape)
    return x[..., None].astype("float32"), y


def sound_pairs(seed: int, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Left and right images (number, 28, 28, 1), and labels, half of them 1."""
    x, y = pictures(seed)
    random = np.random.default_rng(seed)
    left, right = random.integers(len(x), size=(2, 4 * number))
    same, apart = y[left] == y[right], left != right
    half = number // 2
    rows = [np.flatnonzero(same & apart)[:half], np.flatnonzero(~same)[: number - half]]
    rows = random.permutation(np.concatenate(rows))
    return x[left[rows]], x[right[rows]], same[rows].astype("float32")
