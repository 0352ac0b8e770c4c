"""Helpers for notebook 9 only: weights of a pooling layer, drawings, memory."""

import numpy as np
import pytest

from helpers.q09 import (
    peak_megabytes,
    pooling_weights,
    rank_correlations,
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
    """Has a layer, which isn't a method, under the name of the method."""

    attention_weights = Silent()


@pytest.mark.parametrize("kind", [Silent, Telling, Holding])
def test_weights_are_those_of_the_mean(kind):
    states = np.random.default_rng(0).standard_normal((3, 5, 4))
    mask = np.array([[True] * 5, [True] * 3 + [False] * 2, [True, True] + [False] * 3])
    found = pooling_weights(kind(), states, mask)
    np.testing.assert_allclose(found, Silent().weights(states, mask), atol=1e-9)
    assert (found[~mask] == 0).all()


def test_figures_say_their_numbers(shown):
    show_idea(["a", "b"], np.array([0.25, 0.75]), np.eye(2))
    weights = np.array([0.1, 0.7, 0.2, 0.0])
    show_sentences([("right", ["good", "film"], weights)] * 2, title="Where?")
    (_, idea), (_, sentences) = shown
    assert "a 0.25, b 0.75" in idea
    assert sentences.count("right, most weight on “good”") == 2


def test_memory_is_that_of_the_largest_array():
    assert 8 < peak_megabytes(np.zeros, 10**6) < 8.5


def test_rankings_are_compared_without_the_start_and_the_padding():
    weights = np.array([[0.1, 0.4, 0.3, 0.2, 0.0], [0.5, 0.2, 0.3, 0.0, 0.0]])
    effects = [np.array([3.0, 2.0, 1.0]), np.array([0.2, 0.1])]
    found = rank_correlations(weights, effects)
    assert found == {"weight": pytest.approx(0.0), "place": pytest.approx(-1.0)}
