"""Helpers for notebook 6 only: rates and losses on one axis of steps, and the meter."""

import numpy as np
import pytest

from helpers.q06 import (
    show_best_runs,
    show_meter,
    show_range_test,
    show_rates_and_losses,
)


def test_losses_stand_below_the_rates_of_the_same_steps(shown):
    rates = {"constant": np.full(3, 0.3), "line": np.linspace(1, 0, 3)}
    losses = {"constant": np.array([0.5, 0.4, 0.4]), "line": np.array([0.5, 0.3, 0.1])}
    show_rates_and_losses(rates, losses, title="Why?", ylabel="loss", yscale="log")
    ((figure, alt),) = shown
    above, below = figure.axes
    np.testing.assert_array_equal(above.lines[1].get_ydata(), rates["line"])
    assert [list(line.get_xdata()) for line in below.lines] == [[1, 2, 3]] * 2
    assert below.lines[0].get_color() == above.lines[0].get_color()
    assert below.lines[0].get_color() != below.lines[1].get_color()
    assert (above.get_title(), below.get_yscale()) == ("Why?", "log")
    assert "line: 0.1 with a last rate of 0" in alt


def test_each_method_is_shown_at_its_best_peak(shown):
    runs = {("cosine", peak): np.linspace(peak, 0, 3) for peak in (0.1, 0.2)}
    losses = {run: 1 + rates for run, rates in runs.items()}
    show_best_runs(runs, losses, {"cosine": 0.2})
    ((figure, alt),) = shown
    above, below = figure.axes
    np.testing.assert_array_equal(above.lines[0].get_ydata(), runs["cosine", 0.2])
    np.testing.assert_array_equal(below.lines[0].get_ydata(), losses["cosine", 0.2])
    assert below.get_xlabel() == "epoch"
    assert "cosine, 0.2: 1 with a last rate of 0" in alt


def test_the_meter_is_points_on_the_formula(shown):
    planned, moved = {"line": np.linspace(1, 0, 6)}, {"line": np.linspace(2, 1, 6)}
    show_meter(planned, moved)
    ((figure, alt),) = shown
    line, points = figure.axes[0].lines
    np.testing.assert_array_equal(line.get_ydata(), planned["line"])
    np.testing.assert_array_equal(points.get_ydata(), moved["line"])
    assert points.get_linestyle() == "None"
    assert "line 1" in alt


@pytest.mark.parametrize(
    ("losses", "limit"), [([4.0, 2.0, 8.0], 1.0), ([4.0, 2.0, np.nan], 1.0)]
)
def test_the_range_test_marks_its_limit_and_a_tenth(shown, losses, limit):
    show_range_test(np.array([0.1, 1.0, 10.0]), np.array(losses), limit, 0.5)
    ((figure, alt),) = shown
    _, chosen, last, tenth = figure.axes[0].lines
    assert chosen.get_xdata()[0] == pytest.approx(0.5)
    assert last.get_xdata()[0] == pytest.approx(limit)
    assert tenth.get_xdata()[0] == pytest.approx(limit / 10)
    assert "down to 2 at 1" in alt
    assert f"limit is {limit:g}, a tenth of that {limit / 10:g}" in alt
