"""Units in another order, and back."""

import keras
import numpy as np
import pytest

from helpers import units


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    hidden = [keras.layers.Dense(n, "tanh") for n in (5, 4)]
    layers = [hidden[0], keras.layers.Dropout(0.5), hidden[1], keras.layers.Dense(2)]
    return keras.Sequential([keras.Input((3,)), *layers])


X = np.random.default_rng(0).normal(size=(30, 3)).astype("float32")


def test_shuffled_computes_the_same_with_other_weights(network):
    copy = units.shuffled(network, np.random.default_rng(1))
    np.testing.assert_allclose(copy(X), network(X), atol=1e-6)
    pairs = zip(copy.get_weights()[:-1:2], network.get_weights()[:-1:2], strict=True)
    assert all(not np.allclose(ours, theirs) for ours, theirs in pairs)


def test_matching_takes_a_shuffle_back(network):
    copy = units.shuffled(network, np.random.default_rng(1))
    again = units.matched(copy, network, X)
    for ours, right in zip(again.get_weights(), network.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, right)


def test_units_are_matched_by_what_they_do():
    random = np.random.default_rng(0)
    ours = random.normal(size=(50, 6))
    order = np.array([3, 0, 5, 1, 4, 2])
    theirs = ours[:, order] * 2 + random.normal(size=(50, 6)) / 10
    # The last unit is dead, in both networks.
    ours[:, 5], theirs[:, 2] = 0, 0
    found = units.matching_order(ours, theirs)
    np.testing.assert_array_equal(order[found], range(6))
