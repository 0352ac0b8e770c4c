"""What batch normalisation's moving averages do to a network, as numbers."""

import helpers.quiet  # noqa: F401  isort: skip
import keras
import numpy as np

from helpers.accuracies import accuracy


def averages_and_scores(
    net: keras.Model, x: np.ndarray, x_val: np.ndarray, y_val: np.ndarray
) -> tuple[float, float, float, float]:
    """How far the first normalisation's moving variance is from the true one.

    The call by the batch's own statistics moves the averages, so it comes last.

    Args:
        net: with at least one BatchNormalization.
        x: images that it was trained on.
        x_val, y_val: images and (n,) labels to measure on.

    Returns:
        Accuracy by the batch's statistics, accuracy in inference; the first layer's
        variance over `x`, mean over its channels, and its moving average.
    """
    kind = keras.layers.BatchNormalization
    norm = next(layer for layer in net.layers if isinstance(layer, kind))
    moving = float(norm.moving_variance.numpy().mean())
    true = np.var(keras.Model(net.input, norm.input)(x), axis=(0, 1, 2)).mean()
    inference = accuracy(net, x_val, y_val)
    by_batch = np.mean(np.argmax(net(x_val, training=True), axis=1) == y_val)
    return float(by_batch), inference, float(true), moving
