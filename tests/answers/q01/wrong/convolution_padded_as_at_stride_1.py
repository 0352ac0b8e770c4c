"""Pads for a stride of 1, as PyTorch does."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

FAULT = "stride of 1 needs"


def conv2d(images, kernels, strides=1, padding="valid"):
    sizes = kernels.shape[:2]
    if padding == "same":
        pads = [((size - 1) // 2, size // 2) for size in sizes]
        images = np.pad(images, [(0, 0), *pads, (0, 0)])
    windows = sliding_window_view(images, sizes, axis=(1, 2))
    windows = windows[:, ::strides, ::strides]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernels)
