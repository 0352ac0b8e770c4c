"""Helpers for notebook 8 only: tables, studies of members, a trainer of ensembles."""

import keras
import numpy as np
import pytest

from helpers import q08


def build(rate=0.1, use_ema=False):
    layers = [keras.Input((3,)), keras.layers.Dropout(0.3), keras.layers.Dense(1)]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(rate, use_ema=use_ema), "mse")
    return model


@pytest.mark.parametrize("use_ema", [False, True])
def test_team_is_as_trained_by_fit(use_ema):
    """The same holds with dropout, a smaller last batch and a second set of rows."""
    x = np.random.default_rng(0).normal(size=(70, 3)).astype("float32")
    y, options = x[:, :1], {"rate": 0.2, "use_ema": use_ema}
    train = q08.TeamTrainer(build)
    train(x[:40], y[:40], [1], epochs=3, use_ema=use_ema)
    team = train(x, y, [0, 6], epochs=2, **options)
    for seed, again in zip((0, 6), team, strict=True):
        keras.utils.set_random_seed(seed)
        alone = build(**options)
        alone.fit(x, y, epochs=2, verbose=0)
        for ours, right in zip(again.get_weights(), alone.get_weights(), strict=True):
            np.testing.assert_allclose(ours, right, atol=1e-6)


def test_pairs_by_hand():
    p = np.array([[[[1.0, 0.0], [0.6, 0.4]], [[0.0, 1.0], [0.8, 0.2]]]])
    y = np.array([[0, 0]])
    # Mean Brier scores: members (0 + 0.32 + 2 + 0.08) / 4, average (0.5 + 0.18) / 2.
    np.testing.assert_allclose(q08.pairs_of(p, y), [[0.5, 0.6 - 0.34, 0.34]])


def test_subsets_by_size():
    p = np.array([[[[1.0, 0.0]], [[0.0, 1.0]], [[0.7, 0.3]]]])
    scores = q08.by_size(
        p, np.zeros((1, 1), int), lambda p: p.mean(axis=1), lambda p, y: p[..., 0, 0]
    )
    np.testing.assert_allclose(scores, np.full((1, 3), 1.7 / 3))


def test_correlations_are_taken_within_draws():
    # Across the draws gain rises with disagreement; within each draw it falls.
    inside = np.array([[0.0, 2.0, 0.0], [1.0, 1.0, 1.0], [2.0, 0.0, 2.0]])
    rows = np.concatenate([inside, inside + 10])
    np.testing.assert_allclose(q08.correlations(rows, draws=2), (-1, 1))


def test_table_pairs_by_draw(capsys):
    y = np.zeros((2, 4), int)
    right, wrong = (np.eye(2)[y + shift] for shift in (0, 1))

    def accuracy(p, y):
        return np.mean(p.argmax(axis=-1) == y, axis=-1)

    several = np.stack([right, wrong], axis=1)
    q08.compare({"one": right, "two": several}, y, [accuracy], "one")
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["one", "1.000", "±", "0.000"]
    assert lines[3].split() == ["two", "0.500", "±", "0.000", "-0.500", "±", "0.000"]


def test_table_names_prices_where_there_are_any(capsys):
    y = np.zeros((2, 4), int)
    ways, prices = {"one": np.eye(2)[y], "trees": np.eye(2)[y]}, {"one": (1, 2.5)}

    def nll(p, y):
        return np.zeros(len(p))

    q08.compare(ways, y, [nll], "one", prices)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["predict", "train", "nll", "nll"]
    assert lines[2].split() == ["one", "1.0", "2.5", "0.000", "±", "0.000"]
    assert lines[3].split()[:2] == ["trees", "0.000"]
    # The columns stand below their names.
    assert len({line.index("0.000 ±") for line in lines[2:4]}) == 1


def test_fastest_calls_are_printed(capsys):
    seconds = q08.print_fastest({"one": lambda: None, "other": lambda: None})
    assert all(0 <= value < 1 for value in seconds.values())
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [(line[0], line[-1]) for line in lines] == [("one", "ms"), ("other", "ms")]


def test_auroc_is_of_each_draw():
    near, far = np.array([[1, 2], [1, 4]]), np.array([[3, 4], [2, 3]])
    np.testing.assert_allclose(q08.auroc_of(near, far), [1, 0.5])


def test_lead_within_two_errors_is_marked():
    assert q08.lead([1.0, 2.0]) == "+1.500 ± 0.500"
    assert q08.lead([-2.0, 1.0]) == "-0.500 ± 1.500 ~"


def test_error_is_of_the_mean():
    assert q08.with_error([1.0, 3.0]) == "2.000 ± 1.000"


def test_temperature_takes_back_what_was_too_sure():
    random = np.random.default_rng(0)
    true = random.dirichlet(np.ones(3), size=4000)
    labels = (random.random((4000, 1)) > true.cumsum(axis=1)).sum(axis=1)
    # Logits three times as large as they should be.
    sure = true**3 / np.sum(true**3, axis=1, keepdims=True)
    repaired = q08.with_temperature(sure, labels, sure)
    assert np.abs(repaired - true).mean() < 0.02 < np.abs(sure - true).mean()
    assert (repaired.argmax(axis=1) == sure.argmax(axis=1)).all()
    of_draws = q08.with_temperature(sure[None], labels[None], sure[None])
    np.testing.assert_array_equal(of_draws[0], repaired)
    of_models = q08.with_temperature(sure[None, None], labels[None], sure[None, None])
    np.testing.assert_array_equal(of_models[0, 0], repaired)


@pytest.fixture(scope="module")
def network():
    keras.utils.set_random_seed(0)
    hidden = [keras.layers.Dense(n, "tanh") for n in (5, 4)]
    layers = [hidden[0], keras.layers.Dropout(0.5), hidden[1], keras.layers.Dense(2)]
    return keras.Sequential([keras.Input((3,)), *layers])


X = np.random.default_rng(0).normal(size=(30, 3)).astype("float32")


def test_shuffled_computes_the_same_with_other_weights(network):
    copy = q08.shuffled(network, np.random.default_rng(1))
    np.testing.assert_allclose(copy(X), network(X), atol=1e-6)
    pairs = zip(copy.get_weights()[:-1:2], network.get_weights()[:-1:2], strict=True)
    assert all(not np.allclose(ours, theirs) for ours, theirs in pairs)


def test_matching_takes_a_shuffle_back(network):
    copy = q08.shuffled(network, np.random.default_rng(1))
    again = q08.matched(copy, network, X)
    for ours, right in zip(again.get_weights(), network.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, right)


def test_units_are_matched_by_what_they_do():
    random = np.random.default_rng(0)
    ours = random.normal(size=(50, 6))
    order = np.array([3, 0, 5, 1, 4, 2])
    theirs = ours[:, order] * 2 + random.normal(size=(50, 6)) / 10
    # The last unit is dead, in both networks.
    ours[:, 5], theirs[:, 2] = 0, 0
    found = q08.matching_order(ours, theirs)
    np.testing.assert_array_equal(order[found], range(6))
