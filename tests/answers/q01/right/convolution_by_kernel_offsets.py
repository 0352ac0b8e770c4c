"""conv2d alone: the image shifted under each weight, and a product over channels."""

import numpy as np


def conv2d(images, kernels, strides=1, padding="valid"):
    (_, height, width, _), (rows, columns, _, _) = images.shape, kernels.shape
    if padding == "same":
        high, wide = -(-height // strides), -(-width // strides)
        below = max((high - 1) * strides + rows - height, 0)
        right = max((wide - 1) * strides + columns - width, 0)
        borders = [(n // 2, n - n // 2) for n in (below, right)]
        images = np.pad(images, [(0, 0), *borders, (0, 0)])
    else:
        high = (height - rows) // strides + 1
        wide = (width - columns) // strides + 1
    total = 0.0
    for i in range(rows):
        for j in range(columns):
            down = slice(i, i + (high - 1) * strides + 1, strides)
            across = slice(j, j + (wide - 1) * strides + 1, strides)
            total = total + images[:, down, across] @ kernels[i, j]
    return total
