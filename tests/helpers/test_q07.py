"""What notebook 7 tabulates and draws."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from helpers import embeddings, plots


@pytest.fixture
def shown(monkeypatch):
    """What was drawn, in words."""
    told = []

    def show(figure, alt):
        told.append(alt)
        plt.close(figure)

    monkeypatch.setattr(plots, "show", show)
    return told


def test_mean_and_range_by_hand():
    assert embeddings.mean_and_range([1, 2, 3]) == "2.000 ± 0.577 (1.000 to 3.000)"
    assert embeddings.mean_and_range([0.5]) == "0.500 ± 0.000 (0.500 to 0.500)"


def test_neighbours_are_the_nearest_others_and_the_farthest_own(shown):
    places = np.arange(20.0)
    labels = np.tile([4, 9], 10)
    images = np.zeros((20, 4, 4))
    embeddings.neighbours(places[:, None], images, labels, 0, title="Which?")
    others = ", ".join(f"9: {place}" for place in range(1, 15, 2))
    own = ", ".join(f"4: {place}" for place in range(18, 5, -2))
    assert f"4: 0, {others}, 4: 0, {own}" in shown[0]
    # Of the ten nines nine are nearer than the four at 18, which is the farthest.
    assert shown[0].startswith("Which? 90.0% of the others are nearer than the")


def test_curves_and_scores_are_told_in_words(shown):
    history = {"loss": [0.2, 0.1], "val_loss": [0.3, 0.15]}
    embeddings.loss_curves(history, {"collapse": 0.5}, title="Still learning?")
    rows = {"pixels": [[0.9], [0.8]], "classifier, cosine": [[0.7, 0.8], [0.6, 0.6]]}
    embeddings.held_out_scores(rows, ["2 and 3", "4 and 5"], title="Which?")
    assert "end at 0.100 and 0.150; marks: collapse at 0.5" in shown[0]
    told = "2 and 3, 4 and 5: pixels 0.900, 0.800; classifier, cosine 0.750, 0.600"
    assert told in shown[1]


def test_a_method_looks_the_same_in_every_figure(monkeypatch):
    figures = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: figures.append(figure))
    for others in ({}, {"pixels": [[0.7]]}):
        rows = {**others, "contrastive": [[0.8, 0.9]]}
        embeddings.held_out_scores(rows, ["2 and 3"], title="Which?")
    looks = []
    for figure in figures:
        handles, names = figure.axes[0].get_legend_handles_labels()
        line = handles[names.index("contrastive")].lines[0]
        looks.append((line.get_color(), line.get_marker()))
        plt.close(figure)
    assert looks[0] == looks[1]


def test_lead_by_hand():
    rows = {"ours": np.array([[0.9, 0.7]]), "theirs": np.array([[0.6, 0.8]])}
    told = embeddings.lead(rows, "ours", "theirs")
    gap = "0.100 ± 0.000 (0.100 to 0.100)"
    assert told == f"ours minus theirs: {gap}, above in 1 of 2 trainings"


def test_share_right_stands_in_each_panel():
    gaps, same = np.array([0.1, 0.4, 0.9, 0.3]), np.array([1, 1, 0, 0])
    parts = {"known": (gaps, same), "new": (gaps, 1 - same)}
    figure = embeddings.distances_by_kind(parts, 0.5, 1.0)
    titles = [axis.get_title() for axis in figure.axes]
    assert titles == ["Digits known: 75% right", "Digits new: 25% right"]
    plt.close(figure)
