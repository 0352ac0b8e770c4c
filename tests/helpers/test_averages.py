"""Batch normalisation's averages against the true variances."""

import keras
import numpy as np
import pytest

from helpers.averages import averages_and_scores


def test_late_averages_are_told_from_the_true_variance():
    random = np.random.default_rng(0)
    x = random.normal(scale=0.1, size=(64, 4, 4, 2)).astype("float32")
    norm = keras.layers.BatchNormalization()
    image = keras.Input((4, 4, 2))
    flat = keras.layers.Flatten()(norm(image))
    net = keras.Model(image, flat[:, :2])
    y = x.reshape(64, -1)[:, :2].argmax(axis=1)
    by_batch, inference, true, moving = averages_and_scores(net, x, x, y)
    assert true == pytest.approx(0.01, rel=0.1)
    assert moving == 1
    assert by_batch > 0.9
    assert inference == 1
    # The batch's own statistics have moved the averages, after they were read.
    assert norm.moving_variance.numpy().mean() < 1
