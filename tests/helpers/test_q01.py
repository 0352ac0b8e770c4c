"""Helpers for notebook 1 only: drawings, and a digit with its bars."""

import keras
import numpy as np
from keras import layers

from helpers.q01 import draw_network, draw_numbers, image_and_bars


def test_numbers_stand_in_blue_and_red_places(shown):
    grids = {"one": np.array([[1, -2]]), "two": np.zeros((2, 2))}
    draw_numbers(grids, "Q?", window=2, sums="two")
    ((figure, alt),) = shown
    for axis, side in zip(figure.axes, (2, 1), strict=True):
        (frame,) = axis.patches
        assert (frame.get_xy(), frame.get_width()) == ((-0.5, -0.5), side)
    assert [axis.get_title() for axis in figure.axes] == ["one", "two"]
    assert [text.get_text() for text in figure.axes[0].texts] == ["1", "-2"]
    low, high = figure.axes[0].images[0].get_clim()
    assert low == -high < -2
    assert alt.startswith("Q? one: [[ 1 -2]].")


def network(side, filters, units):
    """Convolutions with normalisation, pooling between them, then dense layers."""
    model = keras.Sequential([keras.Input((side, side, 1))])
    for number, kernels in enumerate(filters):
        if number > 0:
            model.add(layers.MaxPooling2D())
        model.add(layers.Conv2D(kernels, 3, use_bias=False))
        model.add(layers.BatchNormalization())
    model.add(layers.Flatten())
    for count in units:
        model.add(layers.Dense(count))
    return model


def test_network_says_its_shapes_and_parameters(shown):
    draw_network(network(28, (32, 64), (10,)))
    ((figure, alt),) = shown
    texts = {text.get_text() for text in figure.axes[0].texts}
    assert {"28×28×1", "26×26×32", "13×13×32", "11×11×64", "7744", "10"} <= texts
    assert {"3·3·1·32\n= 288", "3·3·32·64\n= 18,432"} <= texts
    assert "7744·10\n+ 10\n= 77,450" in texts
    assert "conv 3×3 11×11×64 (3·3·32·64 = 18,432)" in alt
    assert "Batch normalisation has 4·96 = 384 more. Together they are 96,554." in alt


def test_a_bias_is_counted(shown):
    model = keras.Sequential([keras.Input((9, 9, 1)), layers.Conv2D(3, (3, 2))])
    draw_network(model)
    texts = {text.get_text() for text in shown[0][0].axes[0].texts}
    assert {"conv 3×2", "3·2·1·3\n+ 3\n= 21"} <= texts


def test_true_class_is_hatched():
    figure = image_and_bars(np.ones((3, 3, 1)), np.array([0.7, 0.3]), 1)
    image, bars = figure.axes
    assert image.get_title() == "true: 1"
    assert bars.get_title() == "predicted: 0"
    assert [bar.get_hatch() for bar in bars.patches] == [None, "//"]
