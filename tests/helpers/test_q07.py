"""Helpers for notebook 7 only: tables and drawings of distances."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import q07


def test_mean_and_range_by_hand():
    assert q07.mean_and_range([1, 2, 3]) == "2.000 ± 0.577 (1.000 to 3.000)"
    assert q07.mean_and_range([0.5]) == "0.500 ± nan (0.500 to 0.500)"


def test_neighbours_are_the_nearest_others_and_the_farthest_own(shown):
    places = np.arange(20.0)
    labels = np.tile([4, 9], 10)
    images = np.zeros((20, 4, 4))
    q07.neighbours(places[:, None], images, labels, 0, title="Which?")
    others = ", ".join(f"9: {place}" for place in range(1, 15, 2))
    own = ", ".join(f"4: {place}" for place in range(18, 5, -2))
    ((_, alt),) = shown
    assert f"4: 0, {others}, 4: 0, {own}" in alt
    # The farthest four is at 18; nine of the ten nines are nearer.
    assert alt.startswith("Which? 90.0% of the others are nearer than the")


def test_each_group_held_out_has_a_panel(shown):
    rows = {"pixels": [[0.9], [0.8]], "ours": [[0.7, 0.8], [0.6, 0.6]]}
    q07.held_out_scores(rows, ["2 and 3", "4 and 5"], title="Which?")
    ((figure, alt),) = shown
    titles = [axis.get_title() for axis in figure.axes]
    assert titles == ["pairs of 2 and 3", "pairs of 4 and 5"]
    assert "Pairs of 2 and 3: pixels 0.9; ours 0.75 ± 0.05." in alt


def test_lead_by_hand():
    ours, theirs = np.array([[0.9, 0.7], [0.9, 0.9]]), np.full((2, 2), [0.6, 0.8])
    told = q07.lead({"ours": ours, "theirs": theirs}, "ours", "theirs")
    gap = "0.150 ± 0.050 (0.100 to 0.200)"
    assert told == f"ours minus theirs: {gap}, above in 3 of 4 trainings"


def test_share_right_stands_in_each_panel():
    gaps, same = np.array([0.1, 0.4, 0.9, 0.3]), np.array([1, 1, 0, 0])
    parts = {"known": (gaps, same), "new": (gaps, 1 - same)}
    figure = q07.distances_by_kind(parts, 0.5, 1.0)
    titles = [axis.get_title() for axis in figure.axes]
    assert titles == ["Digits known: 75% right", "Digits new: 25% right"]
    plt.close(figure)
