"""What notebook 8 tabulates and draws, and the trainings in one traced model."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from helpers import ensembles
from helpers.retrain import (
    Retrainer,
    TeamTrainer,
    make_variables,
    repeat,
    repeat_until_stopped,
    train_each,
)


def build(rate=0.1, use_ema=False):
    layers = [keras.Input((3,)), keras.layers.Dropout(0.3), keras.layers.Dense(1)]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(rate, use_ema=use_ema), "mse")
    return model


def test_retrained_is_as_trained_alone():
    x = np.random.default_rng(0).normal(size=(70, 3)).astype("float32")
    y = x[:, :1]
    keras.utils.set_random_seed(5)
    alone = build(0.2)
    alone.fit(x, y, epochs=2, verbose=0)
    trainer = Retrainer(build)
    trainer(x, y, seed=1, epochs=3)
    again = trainer(x, y, seed=5, epochs=2, rate=0.2)
    for ours, right in zip(again.get_weights(), alone.get_weights(), strict=True):
        np.testing.assert_allclose(ours, right, atol=1e-6)
    with_order = trainer(x, y, seed=5, epochs=2, rate=0.2, fit_seed=9).get_weights()
    assert not np.allclose(with_order[0], alone.get_weights()[0], atol=1e-4)


@pytest.mark.parametrize("labels", ["beside", "in batches"])
def test_a_step_is_traced_once_for_all_networks(labels):
    """With metrics, too; and these have counted nothing before."""
    x, y = np.ones((64, 3), "float32"), np.ones((64, 1), "float32")
    traced = []

    def error(y_true, y_pred):
        traced.append(tf.inside_function())
        return keras.ops.abs(y_true - y_pred)

    def build():
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile("adam", "mse", metrics=[error])
        return model

    class Batches(keras.utils.PyDataset):
        def __len__(self):
            return 2

        def __getitem__(self, index):
            return x[32 * index :][:32], y[32 * index :][:32]

    given = (x, y) if labels == "beside" else (Batches(), None)
    trainer = Retrainer(build)
    for seed in (0, 1):
        history = trainer(*given, seed, epochs=2).history.history
    assert traced.count(True) == 1
    alone = build()
    alone.set_weights(trainer.model.get_weights())
    assert history["error"][-1] > alone.evaluate(x, y, verbose=0)[1] > 0


class Own(keras.Model):
    """What isn't built before its first call, and says nothing of its outputs."""

    def __init__(self):
        super().__init__()
        self.dropout, self.dense = keras.layers.Dropout(0.5), keras.layers.Dense(1)

    def call(self, inputs, training=False):
        return self.dense(self.dropout(inputs, training=training))


@pytest.mark.parametrize("kind", [build, Own])
def test_each_is_as_trained_alone_and_a_model_of_its_own(kind):
    x = np.random.default_rng(0).normal(size=(70, 3)).astype("float32")
    y = x[:, :1]

    def compiled():
        model = kind()
        model.compile("adam", "mse", metrics=["mae"])
        return model

    team = train_each(compiled, x, y, (3, 5), 2, batch_size=16)
    for seed, ours in zip((3, 5), team, strict=True):
        keras.utils.set_random_seed(seed)
        alone = compiled()
        if not alone.built:
            alone(x[:1])
        run = alone.fit(x, y, batch_size=16, epochs=2, verbose=0)
        pairs = zip(
            [*ours.variables, *ours.optimizer.variables],
            [*alone.variables, *alone.optimizer.variables],
            strict=True,
        )
        for got, right in pairs:
            np.testing.assert_allclose(got.numpy(), right.numpy(), atol=1e-6)
        assert ours.history.history["mae"] == pytest.approx(run.history["mae"])


def test_a_model_of_ones_own_has_its_optimizer_built():
    own = Own()
    own(np.ones((2, 3)))
    own.compile("adam", "mse", metrics=["mae"])
    make_variables(own, np.ones((2, 1)))
    assert own.optimizer.built


class Counting(keras.optimizers.SGD):
    """Counts its builds and its steps, the latter in a variable that a graph holds."""

    builds = 0

    def build(self, variables):
        super().build(variables)
        self.builds += 1
        self.steps = tf.Variable(0)

    def update_step(self, *arguments):
        self.steps.assign_add(1)
        super().update_step(*arguments)


def test_an_optimizer_of_ones_own_is_built_once():
    def build():
        model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        model.compile(Counting(), "mse")
        return model

    x, y = np.ones((8, 3), "float32"), np.ones((8, 1), "float32")
    trainer = Retrainer(build)
    for seed in (0, 1):
        optimizer = trainer(x, y, seed, epochs=2).optimizer
    assert optimizer.builds == 1
    # Of two networks two epochs of one batch, in each step two variables.
    assert int(optimizer.steps) == 2 * 2 * 2


@pytest.mark.parametrize("use_ema", [False, True])
def test_team_is_as_trained_by_fit(use_ema):
    """Order, dropout, a last batch that is smaller, other rows than at first."""
    x = np.random.default_rng(0).normal(size=(70, 3)).astype("float32")
    y, options = x[:, :1], {"rate": 0.2, "use_ema": use_ema}
    train = TeamTrainer(build)
    train(x[:40], y[:40], [1], epochs=3, use_ema=use_ema)
    team = train(x, y, [0, 6], epochs=2, **options)
    for seed, again in zip((0, 6), team, strict=True):
        keras.utils.set_random_seed(seed)
        alone = build(**options)
        alone.fit(x, y, epochs=2, verbose=0)
        for ours, right in zip(again.get_weights(), alone.get_weights(), strict=True):
            np.testing.assert_allclose(ours, right, atol=1e-6)


def test_retrained_is_watched():
    x, y = np.ones((8, 3), "float32"), np.ones((8, 1), "float32")
    stop = keras.callbacks.EarlyStopping(patience=1, min_delta=1e9)
    watch = {"validation_data": (x, y), "callbacks": [stop]}
    how = {"epochs": 9, "watch": watch}
    sizes, curves = repeat_until_stopped(build, x, y, (0, 1), lambda net: 7, **how)
    assert sizes.tolist() == [7, 7]
    assert [len(curve) for curve in curves] == [2, 2]


def test_a_trainer_serves_again_where_a_study_goes_on():
    x, y = np.ones((8, 3), "float32"), np.ones((8, 1), "float32")
    train = Retrainer(build)
    with pytest.raises(ValueError, match="trained"):
        _ = train.model
    first = train(x, y, seed=0, epochs=1)
    models = []
    repeat(train, x, y, (0, 1), lambda net: models.append(net) or 0, epochs=1, rate=0.2)
    assert len(models) == 2
    assert all(net is first is train.model for net in models)


def test_pairs_by_hand():
    p = np.array([[[[1.0, 0.0], [0.6, 0.4]], [[0.0, 1.0], [0.8, 0.2]]]])
    y = np.array([[0, 0]])
    # Means: members (0 + 0.32 + 2 + 0.08) / 4, average (0.5 + 0.18) / 2.
    np.testing.assert_allclose(ensembles.pairs_of(p, y), [[0.5, 0.6 - 0.34, 0.34]])


def test_subsets_by_size():
    p = np.array([[[[1.0, 0.0]], [[0.0, 1.0]], [[0.7, 0.3]]]])
    scores = ensembles.by_size(
        p, np.zeros((1, 1), int), lambda p: p.mean(axis=1), lambda p, y: p[..., 0, 0]
    )
    np.testing.assert_allclose(scores, np.full((3, 1), 1.7 / 3))


def test_correlations_are_taken_within_draws():
    # Between the draws gain rises with disagreement, inside each it falls.
    inside = np.array([[0.0, 2.0, 0.0], [1.0, 1.0, 1.0], [2.0, 0.0, 2.0]])
    rows = np.concatenate([inside, inside + 10])
    np.testing.assert_allclose(ensembles.correlations(rows, draws=2), (-1, 1))


def test_table_pairs_by_draw(capsys):
    y = np.zeros((2, 4), int)
    right, wrong = (np.eye(2)[y + shift] for shift in (0, 1))

    def accuracy(p, y):
        return np.mean(p.argmax(axis=-1) == y, axis=-1)

    several = np.stack([right, wrong], axis=1)
    ensembles.compare({"one": right, "two": several}, y, [accuracy], "one")
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].split() == ["one", "1.000", "±", "0.000"]
    assert lines[3].split() == ["two", "0.500", "±", "0.000", "-0.500", "±", "0.000"]


def test_table_names_prices_where_there_are_any(capsys):
    y = np.zeros((2, 4), int)
    ways, prices = {"one": np.eye(2)[y], "trees": np.eye(2)[y]}, {"one": (1, 2.5)}

    def nll(p, y):
        return np.zeros(len(p))

    ensembles.compare(ways, y, [nll], "one", prices)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["predict", "train", "nll", "nll"]
    assert lines[2].split() == ["one", "1.0", "2.5", "0.000", "±", "0.000"]
    assert lines[3].split()[:2] == ["trees", "0.000"]
    # The columns stand below their names.
    assert len({line.index("0.000 ±") for line in lines[2:4]}) == 1


def test_fastest_calls_are_printed(capsys):
    seconds = ensembles.print_fastest({"one": lambda: None, "other": lambda: None})
    assert all(0 <= value < 1 for value in seconds.values())
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [(line[0], line[-1]) for line in lines] == [("one", "ms"), ("other", "ms")]


def test_auroc_is_of_each_draw():
    near, far = np.array([[1, 2], [1, 4]]), np.array([[3, 4], [2, 3]])
    np.testing.assert_allclose(ensembles.auroc_of(near, far), [1, 0.5])


def test_lead_within_two_errors_is_marked():
    assert ensembles.lead([1.0, 2.0]) == "+1.500 ± 0.500"
    assert ensembles.lead([-2.0, 1.0]) == "-0.500 ± 1.500 ~"


def test_error_is_of_the_mean():
    assert ensembles.with_error([1.0, 3.0]) == "2.000 ± 1.000"


def test_temperature_takes_back_what_was_too_sure():
    random = np.random.default_rng(0)
    true = random.dirichlet(np.ones(3), size=4000)
    labels = (random.random((4000, 1)) > true.cumsum(axis=1)).sum(axis=1)
    # Logits three times as large as they should be.
    sure = true**3 / np.sum(true**3, axis=1, keepdims=True)
    repaired = ensembles.with_temperature(sure, labels, sure)
    assert np.abs(repaired - true).mean() < 0.02 < np.abs(sure - true).mean()
    assert (repaired.argmax(axis=1) == sure.argmax(axis=1)).all()
    of_draws = ensembles.with_temperature(sure[None], labels[None], sure[None])
    np.testing.assert_array_equal(of_draws[0], repaired)
    of_models = ensembles.with_temperature(
        sure[None, None], labels[None], sure[None, None]
    )
    np.testing.assert_array_equal(of_models[0, 0], repaired)
