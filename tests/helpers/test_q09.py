"""The weights of a pooling layer, told or found out; figures; memory."""

import numpy as np
import pytest

from helpers.gaze import (
    lookup_task,
    order_task,
    peak_megabytes,
    pooling_weights,
    rank_correlations,
    show_dots,
    show_idea,
    show_sentences,
)


class Silent:
    """Averages the steps by weights that depend on their first feature."""

    def weights(self, states, mask):
        powers = np.exp(states[..., 0]) * mask
        return powers / powers.sum(axis=1, keepdims=True)

    def __call__(self, states, mask):
        return (self.weights(states, mask)[..., None] * states).sum(axis=1)


class Telling(Silent):
    def attention_weights(self, states, mask):
        return self.weights(states, mask)


class Holding(Silent):
    """What has the name is a part that can be called, and no method."""

    attention_weights = Silent()


@pytest.mark.parametrize("kind", [Silent, Telling, Holding])
def test_weights_are_those_of_the_mean(kind):
    states = np.random.default_rng(0).standard_normal((3, 5, 4))
    mask = np.array([[True] * 5, [True] * 3 + [False] * 2, [True, True] + [False] * 3])
    found = pooling_weights(kind(), states, mask)
    np.testing.assert_allclose(found, Silent().weights(states, mask), atol=1e-9)
    assert (found[~mask] == 0).all()


def test_figures_say_their_numbers(monkeypatch):
    alts = []
    monkeypatch.setattr("helpers.plots.show", lambda figure, alt: alts.append(alt))
    show_idea(["a", "b"], np.array([0.25, 0.75]), np.eye(2))
    band = {"band": (0.4, 0.6), "band_name": "baseline"}
    show_dots({"one": [0.5, 0.7], "two": [0.1]}, title="Which?", label="score", **band)
    weights = np.array([0.1, 0.7, 0.2, 0.0])
    show_sentences([("right", ["good", "film"], weights)] * 2, title="Where?")
    assert "a 0.25, b 0.75" in alts[0]
    assert alts[2].count("right, most weight on “good”") == 2
    assert alts[1] == "Which? Mean score: one 0.600, two 0.100."


def test_memory_is_that_of_the_largest_array():
    assert 8 < peak_megabytes(np.zeros, 10**6) < 8.5


def test_order_decides_and_nothing_else():
    x, y = order_task(500, 8, seed=0)
    first, second = (x == 1).argmax(axis=1), (x == 2).argmax(axis=1)
    assert ((x == 1).sum(axis=1) == 1).all()
    assert ((x == 2).sum(axis=1) == 1).all()
    np.testing.assert_array_equal(y, first < second)
    assert 0.4 < y.mean() < 0.6


def test_only_the_asked_name_tells_the_number():
    x, y = lookup_task(500, seed=0)
    listed, asked = x[:, :16], x[:, 16] - 48
    assert all(len(set(row)) == 16 for row in listed % 24)
    assert 0 <= listed.min() < listed.max() < 48
    of_asked = listed[listed % 24 == asked[:, None]]
    np.testing.assert_array_equal(y, of_asked // 24)
    assert 0.4 < y.mean() < 0.6


def test_rankings_are_compared_without_the_start_and_the_padding():
    weights = np.array([[0.1, 0.4, 0.3, 0.2, 0.0], [0.5, 0.2, 0.3, 0.0, 0.0]])
    effects = [np.array([3.0, 2.0, 1.0]), np.array([0.2, 0.1])]
    found = rank_correlations(weights, effects)
    assert found == {"weight": pytest.approx(0.0), "place": pytest.approx(-1.0)}
