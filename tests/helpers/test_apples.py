"""Plumbing of the notebook on several inputs: what it feeds, trains and notes."""

import keras
import numpy as np
import pytest
from keras import layers

from helpers import apples, plots, tasks


@pytest.fixture(scope="module")
def task():
    return tasks.make_multi_input_task(train_size=600, test_size=200, seed=0)


def prepared(images, metadata):
    return {
        "image": ((images - 130.0) / 60).astype("float32"),
        "metadata": ((metadata - metadata.mean(0)) / metadata.std(0)),
    }


def test_a_bottle_says_which_stain_and_nothing_else(task):
    """The same bottle holds the same stain in training and in the test."""
    holds = {}
    for seed, metadata in enumerate((task.metadata_train, task.metadata_test)):
        stain = metadata[:, 2]
        bottles = apples.bottles_for(stain, seed)
        assert bottles.shape == (len(stain), 1)
        for bottle, kind in zip(bottles[:, 0], stain, strict=True):
            assert holds.setdefault(bottle, kind) == kind
    assert sorted(holds) == list(range(24))
    # Drawn from the task's own seed, the bottle would give the grade away.
    bottles = apples.bottles_for(task.metadata_train[:, 2], 0)[:, 0]
    for bottle in range(24):
        grades = np.bincount(task.y_train[bottles == bottle], minlength=5)
        assert grades.max() < 0.7 * grades.sum()


def test_some_columns_stay_in_their_units(task):
    x = prepared(task.image_test, task.metadata_test)
    mixed = apples.in_units(x, {"metadata": task.metadata_test}, (9,))
    assert np.array_equal(mixed["metadata"][:, 9], task.metadata_test[:, 9])
    assert np.array_equal(mixed["metadata"][:, :9], x["metadata"][:, :9])
    assert mixed["image"] is x["image"]


def test_counted_pixels_tell_the_clear_share(task):
    x = prepared(task.image_test, task.metadata_test)
    features = apples.flat_features(x)
    assert {name: values.shape[1] for name, values in features.items()} == {
        "metadata": 10,
        "pixels": 192,
        "both": 202,
        "chosen": 16,
    }
    share = features["chosen"][:, -1]
    assert np.corrcoef(share, task.clear_test)[0, 1] > 0.95


def small_model() -> keras.Model:
    inputs = keras.Input((3,), name="x")
    x = layers.BatchNormalization()(inputs)
    model = keras.Model({"x": inputs}, layers.Dense(2, activation="softmax")(x))
    model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
    return model


def test_trials_repeat_with_equal_terms():
    x = {"x": np.random.default_rng(0).standard_normal((40, 3)).astype("float32")}
    y = (x["x"][:, 0] > 0).astype("int64")
    trials = apples.Trials(x, y, x, y, epochs=3, batch_size=8, seeds=(0, 1))
    modes = apples.BothModes(x, y)
    first, second = trials.repeat(small_model, callbacks=[modes])
    assert len(first.history["loss"]) == 3
    assert len(modes.found) == 6
    assert apples.scores([first, second]) == [first.accuracy, second.accuracy]
    (again,) = trials.repeat(small_model, seeds=(0,))
    assert again.history["loss"] == first.history["loss"]


def test_a_short_trial_leaves_rows_out_and_traces_nothing():
    x, y = {"x": np.zeros((40, 3), "float32")}, np.zeros(40, "int64")
    steps = []
    note = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: steps.append(batch)
    )
    eager = []
    for most_rows in (None, 8):
        trials = apples.Trials(x, y, x, y, 3, 8, (0,), most_rows)
        (run,) = trials.repeat(small_model, callbacks=[note])
        eager.append(run.model.run_eagerly)
    assert eager == [False, True]
    assert steps == 3 * [0, 1, 2, 3, 4] + 3 * [0]


def test_what_an_error_says_is_told_whole():
    wrapped = ValueError("Exception encountered when calling it.\n\n\x1b[1mWhy.\x1b[0m")
    assert apples.message_of(wrapped) == "ValueError: Why."
    long = KeyError("a word " * 30)
    told = apples.message_of(long)
    assert max(map(len, told.splitlines())) <= 88
    assert told.count("word") == 30


def test_the_rate_falls_unless_a_schedule_has_it():
    model = small_model()
    (callback,) = apples.falling_rate(model, 4)
    rates = [callback.schedule(epoch) for epoch in range(4)]
    assert rates[0] == pytest.approx(0.1)
    assert rates == sorted(rates, reverse=True)
    assert 0 < rates[-1] < 0.02
    rate = keras.optimizers.schedules.CosineDecay(0.1, 10)
    model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy")
    assert apples.falling_rate(model, 4) == []


def test_figures_are_described(task, monkeypatch):
    shown = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: shown.append(alt))
    apples.draw_photographs(task)
    apples.draw_grades(task)
    apples.dot_rows({"a": [0.5, 0.7]}, title="Which?", lines={"chance": 0.2})
    apples.draw_curves({"a": [[0.1, 0.6]], "b": [[0.2, 0.4]]}, title="?", ylabel="y")
    assert "a 0.600" in shown[2]
    assert "chance 0.200" in shown[2]
    assert "b ends at 0.40" in shown[3]
    plots.plt.close("all")
