"""Helpers for notebook 4 only: its drawings, and functions inside functions."""

import inspect

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import q04, tasks
from helpers.q04 import inner_function


def test_every_machine_is_in_both_panels(shown):
    task = tasks.make_sensor_task(train_size=200, val_size=10)
    q04.draw_distances(task)
    ((figure, _),) = shown
    for axis in figure.axes:
        counts = sum(bar.get_height() for bar in axis.patches)
        assert counts == 200


def test_scores_are_told_apart_by_hatch_and_the_title_counts_the_right_ones():
    figure = q04.scores_figure(np.array([0.1, 0.9, 0.8]), np.array([0, 1, 0]), 4)
    (axis,) = figure.axes
    assert axis.get_title() == "How sure after epoch 4? 67% are right"
    assert {bar.get_hatch() for bar in axis.patches if bar.get_height()} == {"", "//"}
    plt.close(figure)


def twice(function):
    return lambda x: function(function(x))


def outer(start, log):
    base = start + 1

    @twice
    def add(x):
        return x + base

    log.append("what stands below isn't run")
    return add(0)


def test_it_is_what_the_outer_function_runs():
    log = []
    add = inner_function(outer, "add", "twice")(4, log)
    assert add(0) == outer(4, []) == 10
    assert log == []


def test_without_a_decorator_it_is_the_bare_function():
    add = inner_function(outer, "add")(4, [])
    assert add(0) == 5
    assert "return x + base" in inspect.getsource(add)


def test_each_has_variables_of_its_own():
    make_add = inner_function(outer, "add")
    assert (make_add(1, [])(0), make_add(2, [])(0)) == (2, 3)


def test_a_name_that_is_not_defined_there_is_refused():
    with pytest.raises(ValueError, match="outer defines no function subtract"):
        inner_function(outer, "subtract")
