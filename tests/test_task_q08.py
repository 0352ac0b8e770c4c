"""The generated task of question 8: seeded, hard with few grains, its optimum known."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from helpers.data import Grains, make_grain_task


def test_shapes_types_and_line(capsys):
    task = make_grain_task(train_size=30, val_size=20, test_size=100)
    for part, size in (("train", 30), ("val", 20), ("test", 100)):
        x, y = getattr(task, f"x_{part}"), getattr(task, f"y_{part}")
        assert x.shape == (size, 10)
        assert x.dtype == np.float32
        assert y.shape == (size,)
        assert y.dtype == np.int64
        assert set(y) == {0, 1, 2}
    assert capsys.readouterr().out.count("\n") == 1


def test_same_seed_same_grains():
    one, two, other = (make_grain_task(test_size=50, seed=s) for s in (3, 3, 4))
    assert np.array_equal(one.x_train, two.x_train)
    assert np.array_equal(one.y_test, two.y_test)
    assert not np.array_equal(one.x_train, other.x_train)


def test_no_grain_is_in_two_parts():
    task = make_grain_task(test_size=500)
    rows = np.concatenate([task.x_train, task.x_val, task.x_test])
    assert len(np.unique(rows, axis=0)) == len(rows)


def test_best_probabilities_are_true():
    """They sum to one, and of grains given p, the share p is of that variety."""
    task = make_grain_task(test_size=40_000)
    best = Grains.best_probabilities(task.x_test)
    assert best.sum(axis=1) == pytest.approx(1)
    for variety in range(3):
        p = best[:, variety]
        for low in np.arange(0, 1, 0.2):
            chosen = (p >= low) & (p < low + 0.2)
            share = (task.y_test[chosen] == variety).mean()
            assert share == pytest.approx(p[chosen].mean(), abs=0.05)
    assert (best.argmax(axis=1) == task.y_test).mean() == pytest.approx(0.95, abs=0.01)


def test_planes_are_not_enough_and_eight_readings_are_noise():
    task = make_grain_task(train_size=4_000)
    plane = LogisticRegression().fit(task.x_train, task.y_train)
    assert plane.score(task.x_test, task.y_test) < 0.55
    for variety in range(3):
        means = task.x_train[task.y_train == variety, 2:].mean(axis=0)
        assert np.abs(means).max() < 0.15
