"""Pictures of the notebook on training loops: what they show of the numbers."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import plots, sensors, tasks


@pytest.fixture
def shown(monkeypatch):
    """The figures and alt texts that were shown."""
    found = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: found.append((figure, alt)))
    yield found
    plt.close("all")


def test_every_machine_is_in_both_panels(shown):
    task = tasks.make_sensor_task(train_size=200, val_size=10)
    sensors.draw_distances(task)
    ((figure, _),) = shown
    for axis in figure.axes:
        counts = sum(bar.get_height() for bar in axis.patches)
        assert counts == 200


def test_scores_are_told_apart_by_hatch_and_the_title_counts_the_right_ones():
    figure = sensors.scores_figure(np.array([0.1, 0.9, 0.8]), np.array([0, 1, 0]), 4)
    (axis,) = figure.axes
    assert axis.get_title() == "How sure after epoch 4? 67% are right"
    assert {bar.get_hatch() for bar in axis.patches if bar.get_height()} == {"", "//"}
    plt.close(figure)


def test_speeds_are_drawn_and_said(shown):
    sensors.draw_speeds({"eager": 100.0, "compiled": 2400.0})
    ((figure, alt),) = shown
    assert [bar.get_width() for bar in figure.axes[0].patches] == [100, 2400]
    assert "eager 100, compiled 2,400" in alt
