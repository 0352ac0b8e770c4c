"""Helpers for notebook 4 only: its drawings, which say what they show."""

import itertools

import matplotlib.pyplot as plt
import numpy as np

from helpers import q04


def test_the_frames_stand_inside_each_other(shown):
    q04.draw_frames()
    ((figure, alt),) = shown
    epoch, _, training, compiled, tape, *_ = figure.axes[0].patches
    frames = [patch.get_bbox() for patch in (epoch, training, compiled, tape)]
    for outer, inner in itertools.pairwise(frames):
        assert outer.x0 < inner.x0 < inner.x1 < outer.x1
        assert outer.y0 < inner.y0 < inner.y1 < outer.y1
    assert "tape: model(x, training=True), loss, metrics; gradients, optimizer" in alt
    assert "model(x, training=False), loss, metrics" in alt
    assert alt.count("reset the metrics") == 2


def test_the_slope_is_split_at_right_angles(shown):
    q04.draw_slope()
    ((figure, _),) = shown
    arrows = [text for text in figure.axes[0].texts if not text.get_text()]
    slope, outward, sideways = (np.subtract(a.xy, a.get_position()) for a in arrows)
    np.testing.assert_allclose(slope, outward + sideways)
    machine = np.array(arrows[0].get_position())
    assert abs(outward @ sideways) < 0.01
    assert abs(machine @ sideways) < 0.01


def test_scores_are_told_apart_by_hatch_and_the_title_counts_the_right_ones():
    figure = q04.scores_figure(np.array([0.1, 0.9, 0.8]), np.array([0, 1, 0]), 4)
    (axis,) = figure.axes
    assert axis.get_title() == "How sure after epoch 4? 67% are right"
    assert {bar.get_hatch() for bar in axis.patches if bar.get_height()} == {"", "//"}
    plt.close(figure)
