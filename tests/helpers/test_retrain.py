"""Trainings in one traced model are those of a model alone."""

from types import SimpleNamespace

import keras
import numpy as np
import pytest
import tensorflow as tf

from helpers.retrain import TeamTrainer, make_variables, train_each, train_teams

ONES = np.ones((8, 3), "float32"), np.ones((8, 1), "float32")


def assert_same_weights(one, other):
    for ours, right in zip(one.get_weights(), other.get_weights(), strict=True):
        np.testing.assert_allclose(ours, right, atol=1e-6)


def build(rate=0.1, use_ema=False):
    layers = [keras.Input((3,)), keras.layers.Dropout(0.3), keras.layers.Dense(1)]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(rate, use_ema=use_ema), "mse")
    return model


@pytest.mark.parametrize("use_ema", [False, True])
def test_team_is_as_trained_by_fit(use_ema):
    """Also with dropout, a smaller last batch, and other rows than at first."""
    x = np.random.default_rng(0).normal(size=(70, 3)).astype("float32")
    y, options = x[:, :1], {"rate": 0.2, "use_ema": use_ema}
    train = TeamTrainer(build)
    train(x[:40], y[:40], [1], epochs=3, use_ema=use_ema)
    team = train(x, y, [0, 6], epochs=2, **options)
    for seed, again in zip((0, 6), team, strict=True):
        keras.utils.set_random_seed(seed)
        alone = build(**options)
        alone.fit(x, y, epochs=2, verbose=0)
        assert_same_weights(again, alone)


@pytest.mark.parametrize("labels", ["beside", "in batches"])
def test_a_step_is_traced_once_for_all_networks(labels):
    """With metrics, too, which have counted nothing before the first step."""
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
    team = train_each(build, *given, (0, 1), 2)
    assert traced.count(True) == 1
    last = team[1].history.history["error"][-1]
    assert last > team[1].evaluate(x, y, verbose=0)[1] > 0


class Own(keras.Model):
    """A model that isn't built before its first call, and has no `outputs`."""

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
    """Counts its builds, and its steps in a variable that the graph updates."""

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

    team = train_each(build, *ONES, (0, 1), 2)
    assert {network.optimizer.builds for network in team} == {1}
    # Two epochs of one batch each, and two variables in each step.
    assert team[0].history.model.optimizer.builds == 1
    assert int(team[0].history.model.optimizer.steps) == 2 * 2 * 2


def test_a_training_may_be_watched():
    stop = keras.callbacks.EarlyStopping(patience=1, min_delta=1e9)
    watch = {"validation_data": ONES, "callbacks": [stop]}
    team = train_each(build, *ONES, (0, 1), 9, watch=watch)
    assert [len(net.history.history["val_loss"]) for net in team] == [2, 2]


def test_teams_of_several_data_sets():
    """Each network is that of its seed and its data set, and predicts by itself."""
    random = np.random.default_rng(0)
    tasks = []
    for _ in range(2):
        x = random.normal(size=(40, 3)).astype("float32")
        task = SimpleNamespace(x_train=x, y_train=x[:, :1], x_val=x[:5], x_test=x[5:])
        tasks.append(task)
    teams = train_teams(build, tasks, size=3, epochs=2, seed=7)
    assert (teams.val.shape, teams.test.shape) == ((2, 3, 5, 1), (2, 3, 35, 1))
    keras.utils.set_random_seed(108)
    alone = build()
    alone.fit(tasks[1].x_train, tasks[1].y_train, epochs=2, verbose=0)
    member = teams.members[1][1]
    assert_same_weights(member, alone)
    np.testing.assert_array_equal(teams.test[1, 1], member(tasks[1].x_test))
