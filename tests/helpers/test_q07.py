"""Helpers for notebook 7 only: its drawings, and networks that were traced before."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import q07


def test_losses_cross_at_half_the_margin(shown):
    q07.draw_losses()
    ((figure, alt),) = shown
    same, different = (line.get_ydata() for line in figure.axes[0].lines)
    assert same[25] == pytest.approx(0.25) == different[25]
    assert different[60] == 0
    assert "cross at 0.5" in alt


def colours_of(figure) -> dict[str, tuple]:
    """The red, green and blue of each digit's marks."""
    marks = figure.axes[0].collections
    return {m.get_label(): tuple(m.get_facecolor()[0, :3]) for m in marks}


def test_new_digits_are_black(shown):
    q07.draw_plane(np.array([[0, 0], [1, 1], [2, 0]]), np.array([3, 8, 4]), range(7))
    ((figure, alt),) = shown
    colours = colours_of(figure)
    assert colours["8"] == (0, 0, 0)
    assert len(set(colours.values())) == 3
    assert "the new digits [8] lie" in alt


def test_known_digits_have_colours_of_their_own(shown):
    q07.draw_plane(np.eye(7)[:, :2], np.arange(7), range(7))
    ((figure, _),) = shown
    assert len(set(colours_of(figure).values())) == 7


def test_share_right_stands_in_each_panel():
    gaps, same = np.array([0.1, 0.4, 0.9, 0.3]), np.array([1, 1, 0, 0])
    parts = {"known": (gaps, same), "new": (gaps, 1 - same)}
    figure = q07.draw_distances(parts, 0.5, 1.0)
    titles = [axis.get_title() for axis in figure.axes]
    assert titles == ["known: 75% right at 0.50", "new: 25% right at 0.50"]
    plt.close(figure)


def test_a_traced_network_begins_with_the_new_weights():
    import keras

    def build() -> keras.Model:
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
        model.compile("adam", loss="mse")
        return model

    first, second = build(), build()
    expected = second.get_weights()
    assert q07.traced(first) is first
    first.fit(np.ones((4, 2)), np.ones(4), verbose=0)
    assert q07.traced(second) is first
    for weights, wanted in zip(first.get_weights(), expected, strict=True):
        np.testing.assert_array_equal(weights, wanted)
    assert first.optimizer.iterations == 0
