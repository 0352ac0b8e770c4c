"""The padding comes before the strides."""

import math

import numpy as np

FAULT = "by name alone, or in another order"


def conv2d(images, kernels, padding="valid", strides=1, dtype="float64"):
    count, height, width, channels = images.shape
    rows, columns, _, filters = kernels.shape
    top = left = 0
    if padding == "same":
        out = math.ceil(height / strides), math.ceil(width / strides)
        lacking = [
            max(0, (size - 1) * strides + kernel - length)
            for size, kernel, length in zip(
                out, (rows, columns), (height, width), strict=True
            )
        ]
        top, left = lacking[0] // 2, lacking[1] // 2
        height, width = height + lacking[0], width + lacking[1]
    else:
        out = (height - rows) // strides + 1, (width - columns) // strides + 1
    canvas = np.zeros((count, height, width, channels), dtype)
    inner = slice(top, top + images.shape[1]), slice(left, left + images.shape[2])
    canvas[:, *inner] = images
    flat = kernels.reshape(-1, filters).astype(dtype)
    result = np.empty((count, *out, filters), dtype)
    for place in np.ndindex(*out):
        i, j = (strides * step for step in place)
        window = canvas[:, i : i + rows, j : j + columns]
        result[:, *place] = window.reshape(count, -1) @ flat
    return result
