"""`padding` is an argument, and nothing else."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

FAULT = "padding is missing"


def conv2d(images, kernels, strides=1, padding="valid"):
    sizes = kernels.shape[:2]
    windows = sliding_window_view(images, sizes, axis=(1, 2))
    windows = windows[:, ::strides, ::strides]
    return np.einsum("nhwcij,ijcf->nhwf", windows, kernels)
