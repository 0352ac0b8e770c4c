"""Helpers for notebook 9 only: drawings of attention, which say what they show."""

import numpy as np

from helpers.q09 import draw_lookup, draw_multi_head, draw_sentences, show_idea


def test_figures_say_their_numbers(shown):
    keys, weights = np.eye(2), np.array([0.25, 0.75])
    show_idea(["a", "b"], keys[0], keys, keys, np.log(weights), weights)
    draw_multi_head(8, 512)
    (idea, idea_alt), (heads, heads_alt) = shown
    assert "weights [0.25 0.75]" in idea_alt
    texts = {text.get_text() for text in idea.axes[0].texts}
    assert {"output\n(0.25, 0.75)", "-1.39 → 0.25"} <= texts
    assert heads_alt.startswith("8 heads: project, split")
    texts = {text.get_text() for text in heads.axes[0].texts}
    assert {"$x\\,W_V$\n(steps, 512)", "side by side\n(steps, 512)"} <= texts
    assert "head 8: (steps, 64)\nweights (steps, steps)" in texts


def test_each_word_has_its_bar():
    sentences = [["good", "film"], ["bad", "film"], ["good"], ["bad"]]
    weights = np.array([[0.3, 0.7, 0.0]] * 4)
    figure = draw_sentences(
        sentences, weights, np.array([0.9, 0.1, 0.8, 0.2]), [1, 0, 1, 0]
    )
    assert [len(axis.patches) for axis in figure.axes] == [2, 2, 1, 1]
    assert [bar.get_height() for bar in figure.axes[0].patches] == [0.3, 0.7]
    assert figure.axes[1].get_title() == "P(favourable) = 0.10, true label 0"


def test_answers_are_framed_where_they_stand():
    tokens = np.array([[0, 25, 48], [0, 25, 49]])  # a0 b1 a?, a0 b1 b?
    weights = np.array([[0.9, 0.1, 0], [0.2, 0.8, 0]])
    axis, *_ = draw_lookup(tokens, weights, "Where?").axes
    assert [patch.get_xy() for patch in axis.patches] == [(-0.5, -0.5), (0.5, 0.5)]
    assert [tick.get_text() for tick in axis.get_xticklabels()] == ["a0", "b1", "?"]
    assert [tick.get_text() for tick in axis.get_yticklabels()] == ["a?", "b?"]
    np.testing.assert_array_equal(axis.images[0].get_array(), weights)
