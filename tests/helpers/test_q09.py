"""Helpers for notebook 9 only: drawings of attention, which say what they show."""

import numpy as np

from helpers.q09 import draw_multi_head, show_idea, show_lookup, show_sentences


def test_figures_say_their_numbers(shown):
    keys, weights = np.eye(2), np.array([0.25, 0.75])
    show_idea(["a", "b"], keys[0], keys, keys, np.log(weights), weights)
    draw_multi_head(8, 512)
    sentences = np.array([[0.1, 0.7, 0.2, 0.0]] * 2)
    show_sentences(["good film", "bad film"], sentences, ["right", "wrong"])
    (_, idea), (_, heads), (_, words) = shown
    assert "a 0.25, b 0.75" in idea
    assert "512 features in 8 heads of 64" in heads
    assert "right: good film; wrong: bad film" in words


def test_answers_are_framed_where_they_stand(shown):
    tokens = np.array([[0, 25, 48], [0, 25, 49]])  # a0 b1 a?, a0 b1 b?
    show_lookup(tokens, np.array([[0.9, 0.1, 0], [0.2, 0.8, 0]]), title="Where?")
    ((figure, alt),) = shown
    frames = [patch.get_xy() for patch in figure.axes[0].patches]
    assert frames == [(-0.5, -0.5), (0.5, 0.5)]
    assert alt == "Where? Most weight: a? a0, b? b1."
