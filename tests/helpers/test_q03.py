"""Helpers for notebook 3 only: inputs, trainings on equal terms, rivals, drawings."""

import keras
import numpy as np
import pytest
from keras import layers

from helpers import q03, tasks


@pytest.fixture(scope="module")
def task():
    return tasks.make_multi_input_task(train_size=600, test_size=200, seed=0)


def prepared(images, metadata):
    return {
        "image": ((images - 130.0) / 60).astype("float32"),
        "metadata": ((metadata - metadata.mean(0)) / metadata.std(0)),
    }


def test_a_bottle_says_which_stain_and_nothing_else(task):
    """A bottle holds the same stain in training and in the test."""
    holds = {}
    for seed, metadata in enumerate((task.metadata_train, task.metadata_test)):
        stain = metadata[:, 2]
        bottles = q03.bottles_for(stain, seed)
        assert bottles.shape == (len(stain), 1)
        for bottle, kind in zip(bottles[:, 0], stain, strict=True):
            assert holds.setdefault(bottle, kind) == kind
    assert sorted(holds) == list(range(24))
    # Drawn from the task's own seed, the bottle would give the grade away.
    bottles = q03.bottles_for(task.metadata_train[:, 2], 0)[:, 0]
    for bottle in range(24):
        grades = np.bincount(task.y_train[bottles == bottle], minlength=5)
        assert grades.max() < 0.7 * grades.sum()


def test_some_columns_stay_in_their_units(task):
    x = prepared(task.image_test, task.metadata_test)
    mixed = q03.in_units(x, {"metadata": task.metadata_test}, (9,))
    assert np.array_equal(mixed["metadata"][:, 9], task.metadata_test[:, 9])
    assert np.array_equal(mixed["metadata"][:, :9], x["metadata"][:, :9])
    assert mixed["image"] is x["image"]


def test_counted_pixels_tell_the_clear_share(task):
    x = prepared(task.image_test, task.metadata_test)
    features = q03.flat_features(x, task.metadata_test)
    assert {name: values.shape[1] for name, values in features.items()} == {
        "metadata": 10,
        "pixels": 192,
        "both": 202,
        "chosen": 17,
        "two numbers": 2,
        "index": 1,
    }
    share = features["chosen"][:, -1]
    assert np.corrcoef(share, task.clear_test)[0, 1] > 0.95
    assert np.array_equal(features["two numbers"][:, 1], share)
    # The index falls from the least ripe grade to the ripest.
    index = [features["index"][task.y_test == grade].mean() for grade in range(5)]
    assert index == sorted(index, reverse=True)


def test_rivals_choose_on_held_out_apples_and_report_the_test(task, monkeypatch):
    measured, image = task.metadata_train, task.image_train
    parts = [
        prepared(image[:500], measured[:500]),
        prepared(image[500:], measured[500:]),
        prepared(task.image_test, task.metadata_test),
    ]
    rivals = q03.Rivals(task, *parts)
    assert rivals.accuracy("tree", "index") > 0.8
    scored = []

    class Rival:
        def __init__(self, max_leaf_nodes, **options):
            self.leaves = max_leaf_nodes

        def fit(self, x, y):
            assert (len(x), len(y)) == (500, 500)
            return self

        def score(self, x, y):
            scored.append((self.leaves, len(x), len(y)))
            # On held-out apples 20 leaves score best, on the test 5 leaves.
            return {100: -abs(self.leaves - 20), 200: -self.leaves}[len(x)]

    monkeypatch.setattr(q03, "DecisionTreeClassifier", Rival)
    assert rivals.accuracy("tree", "two numbers") == -20
    assert [leaves for leaves, n, _ in scored if n == 200] == [20]


def small_model() -> keras.Model:
    inputs = keras.Input((3,), name="x")
    x = layers.BatchNormalization()(inputs)
    model = keras.Model({"x": inputs}, layers.Dense(2, activation="softmax")(x))
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
    return model


def test_trials_repeat_with_equal_terms():
    x = {"x": np.random.default_rng(0).standard_normal((40, 3)).astype("float32")}
    y = (x["x"][:, 0] > 0).astype("int64")
    trials = q03.Trials(x, y, x, y, epochs=3, batch_size=8, seeds=(0, 1))
    modes = q03.BothModes(x, y)
    first, second = trials.repeat(small_model, callbacks=[modes])
    assert len(first.history["loss"]) == 3
    assert np.array_equal(
        modes.by_seed(2)[0][1], [found[0] for found in modes.found[3:]]
    )
    assert modes.by_seed(2).shape == (2, 2, 3)
    assert q03.scores([first, second]) == [first.accuracy, second.accuracy]
    (again,) = trials.repeat(small_model, seeds=(0,))
    assert again.history["loss"] == first.history["loss"]


def test_one_traced_model_trains_as_one_for_each_seed_would():
    x = {"x": np.random.default_rng(0).standard_normal((40, 3)).astype("float32")}
    y = (x["x"][:, 0] > 0).astype("int64")
    trials = q03.Trials(x, y, x, y, epochs=3, batch_size=8, seeds=(0, 1, 2))
    built = []

    def build():
        model = small_model()
        model.compile("adam", "sparse_categorical_crossentropy")
        built.append(model)
        return model

    shared = trials.repeat(build)
    kept = trials.repeat(build, keep=True)
    assert [run.model for run in shared] == [None, None, None]
    assert [run.model for run in kept] == built[3:]
    for one, own in zip(shared, kept, strict=True):
        assert one.history["loss"] == pytest.approx(own.history["loss"])
        assert one.accuracy == own.accuracy
    assert len({tuple(run.history["loss"]) for run in shared}) == 3


def test_a_short_trial_leaves_rows_out_and_traces_nothing():
    x, y = {"x": np.zeros((40, 3), "float32")}, np.zeros(40, "int64")
    steps = []
    note = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: steps.append(batch)
    )
    eager = []
    for most_rows in (None, 8):
        trials = q03.Trials(x, y, x, y, 3, 8, (0,), most_rows)
        (run,) = trials.repeat(small_model, callbacks=[note], keep=True)
        eager.append(run.model.run_eagerly)
    assert eager == [False, True]
    assert steps == 3 * [0, 1, 2, 3, 4] + 3 * [0]
    # A short run also tests on the first 8 rows only, so other labels don't matter.
    said = run.model.predict(x, verbose=0)[0].argmax()
    y[:8], y[8:] = said, 1 - said
    assert trials.accuracy(run.model) == 1


def test_what_an_error_says_is_told_whole():
    wrapped = ValueError("Exception encountered when calling it.\n\n\x1b[1mWhy.\x1b[0m")
    assert q03.message_of(wrapped) == "ValueError: Why."
    long = KeyError("a word " * 30)
    told = q03.message_of(long)
    assert max(map(len, told.splitlines())) <= 88
    assert told.count("word") == 30


def test_the_rate_falls_unless_a_schedule_has_it():
    model = small_model()
    (callback,) = q03.falling_rate(model, 4)
    rates = [callback.schedule(epoch) for epoch in range(4)]
    assert rates[0] == pytest.approx(0.1)
    assert rates == sorted(rates, reverse=True)
    assert 0 < rates[-1] < 0.02
    rate = keras.optimizers.schedules.CosineDecay(0.1, 10)
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy")
    assert q03.falling_rate(model, 4) == []


def test_figures_are_described(task, shown):
    q03.draw_photographs(task)
    q03.draw_grades(task)
    (photographs, said), _ = shown
    assert len(photographs.axes) == 8
    assert "% clear" in said
