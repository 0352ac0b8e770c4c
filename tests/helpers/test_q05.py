"""Helpers for notebook 5 only: the idea, and planes of two-number codes."""

import numpy as np

from helpers.q05 import Plane, draw_unit, show_idea, show_planes


def plane():
    """Two codes, and a decoder that draws black in the upper right corner only."""
    codes = np.array([[0.0, 1.0], [2.0, 3.0]])
    corner = [2.9, 3.9]
    return Plane(
        codes,
        lambda places: np.repeat((places > corner).all(axis=1), 784).reshape(-1, 784),
        (-1, 0),
        (3, 4),
    )


def test_the_idea_says_its_errors(shown):
    points = np.array([[0.0, 1.0], [1.0, 0.0]])
    show_idea(points, points * 0, points)
    ((figure, alt),) = shown
    assert "on a line, error 0.500" in alt
    assert "the arc, error 0.000" in alt
    assert "784" in {text.get_text() for text in figure.axes[0].texts}


def test_pictures_lie_where_their_codes_do(shown):
    show_planes({"plain": plane(), "other": plane()}, np.array([3, 7]))
    ((figure, alt),) = shown
    codes, _, drawn, _ = figure.axes
    assert [len(one.get_offsets()) for one in codes.collections][3] == 1
    (image,) = drawn.images
    assert image.get_extent() == [-1, 3, 0, 4]
    mosaic = image.get_array()
    assert mosaic.shape == (13 * 28, 13 * 28)
    assert mosaic[:28, -28:].min() == 1
    assert mosaic.sum() == 784
    assert alt.startswith("Columns: plain, other.")


def test_a_circle_is_drawn_where_one_is_wanted(shown):
    ringed = plane()._replace(radius=2.0)
    show_planes({"plain": plane(), "other": ringed}, np.array([3, 7]))
    ((figure, _),) = shown
    circles = [[patch.radius for patch in axis.patches] for axis in figure.axes]
    assert circles == [[], [2.0], [], [2.0]]


def test_each_value_of_a_unit_has_its_picture():
    pictures = np.stack([np.zeros(784), np.eye(28).ravel()])
    figure = draw_unit(pictures, np.array([-3.0, 3.0]), "unit 1")
    (axis,) = figure.axes
    labels = [label.get_text() for label in axis.get_xticklabels()]
    assert labels == ["-3.00", "3.00"]
    (image,) = axis.images
    assert image.get_array()[:, :28].sum() == 0
    assert image.get_array()[:, 28:].trace() == 28
