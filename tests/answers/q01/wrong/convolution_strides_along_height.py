"""Steps down the rows, and takes every column."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

FAULT = "along the height alone"


def conv2d(images, kernels, strides=1, padding="valid"):
    sizes = kernels.shape[:2]
    if padding == "same":
        pads = []
        for size, kernel in zip(images.shape[1:3], sizes, strict=True):
            zeros = max((-(-size // strides) - 1) * strides + kernel - size, 0)
            pads.append((zeros // 2, zeros - zeros // 2))
        images = np.pad(images, [(0, 0), *pads, (0, 0)])
    windows = sliding_window_view(images, sizes, axis=(1, 2))
    windows = windows[:, ::strides]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernels)
