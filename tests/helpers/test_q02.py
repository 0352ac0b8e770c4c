"""Helpers for notebook 2 only: its drawings."""

import numpy as np

from helpers import q02


def test_a_step_is_drawn_with_its_numbers(shown):
    q02.show_step({"i": 0.88, "f": 0.27, "g": -0.76, "o": 0.73}, 2.0, -0.13)
    ((_, alt),) = shown
    assert alt.startswith("One step of an LSTM")
    assert "-0.13" in alt


def test_the_network_is_drawn_for_a_padded_sentence(shown):
    q02.draw_network(["a", "dull", "film"], length=5, units=(8, 4))
    ((figure, alt),) = shown
    assert "3 words and 2 masked zeros" in alt
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert sum("masked" in text for text in texts) == 2
    assert any("(batch, 5, 2 × 8)" in text for text in texts)
    assert any("(batch, 2 × 4)" in text for text in texts)


def test_gradients_are_drawn_for_each_draw_and_labelled_beside_their_ends(shown):
    back = np.arange(100)
    plain = [np.array([rate**back, 0.5**back]) for rate in (0.9, 0.92, 0.91)]
    random = [np.array([0.91**back, 0.99**back])] * 3
    q02.draw_gradients({"plain": plain, "random": random})
    ((figure, alt),) = shown
    assert "small inputs, plain: 9e-05" in alt
    small, large = figure.axes
    assert (len(small.lines), len(large.lines)) == (6, 6)
    lower, upper = (label.get_position()[1] for label in small.texts)
    assert upper >= 10 * lower
    label = large.texts[0]  # its curves have left the panel
    assert label.get_text() == "plain"
    assert label.get_position()[1] > large.get_ylim()[0]


def test_a_sentence_is_drawn_word_by_word():
    figure = q02.draw_reading(["(start)", "dull"], [0.5, 0.2])
    (axis,) = figure.axes
    assert [label.get_text() for label in axis.get_xticklabels()] == ["(start)", "dull"]
    assert axis.get_title().endswith("20%")
