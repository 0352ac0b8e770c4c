"""The generated task of question 3: seeded, balanced, and neither input is enough."""

import numpy as np
import pytest
from sklearn.tree import DecisionTreeClassifier

from helpers.data import make_multi_input_task


@pytest.fixture(scope="module")
def task():
    return make_multi_input_task(train_size=3_000, test_size=1_000)


def starch_of(task):
    """The starch score of the training apples: what the stain left clear says it."""
    stain = task.metadata_train[:, 2]
    return 1 + 9 * np.where(stain == 1, 1 - task.clear_train, task.clear_train)


def test_shapes_types_and_line(capsys):
    task = make_multi_input_task(train_size=30, test_size=20)
    assert task.image_train.shape == (30, 64, 64, 3)
    assert task.metadata_train.shape == (30, 10)
    assert task.y_train.shape == task.clear_train.shape == (30,)
    assert task.image_test.shape == (20, 64, 64, 3)
    assert task.image_train.dtype == np.uint8
    assert task.metadata_test.dtype == task.clear_test.dtype == np.float32
    assert task.y_test.dtype == np.int64
    assert len(task.columns) == 10
    assert len(task.grades) == 5
    assert "30 for training and 20 for the test" in capsys.readouterr().out


def test_same_seed_same_data():
    one, two = (make_multi_input_task(20, 10, seed=3) for _ in range(2))
    other = make_multi_input_task(20, 10, seed=4)
    assert np.array_equal(one.image_train, two.image_train)
    assert np.array_equal(one.metadata_test, two.metadata_test)
    assert not np.array_equal(one.image_train, other.image_train)


def test_grades_are_equally_frequent(task):
    shares = np.bincount(task.y_train) / len(task.y_train)
    assert len(shares) == 5
    assert np.abs(shares - 0.2).max() < 0.03


def test_the_index_decides(task):
    """The lower firmness / (sugar · starch), the riper; the grades don't overlap."""
    firmness, sugar = task.metadata_train[:, :2].T
    index = firmness / (sugar * starch_of(task))
    for grade in range(4):
        riper = index[task.y_train == grade + 1]
        assert index[task.y_train == grade].min() > 1.1 * riper.max()


def test_one_input_is_not_enough(task):
    """Read without error, each input alone stays far below 0.60."""
    firmness, sugar = task.metadata_train[:, :2].T
    for known, fresh in (
        (task.clear_train, task.clear_test),
        (firmness / sugar, task.metadata_test[:, 0] / task.metadata_test[:, 1]),
    ):
        tree = DecisionTreeClassifier(max_leaf_nodes=20, random_state=0)
        tree.fit(known[:, None], task.y_train)
        assert 0.2 < tree.score(fresh[:, None], task.y_test) < 0.57


def test_the_inputs_hardly_go_together(task):
    """Neither stands in for the other."""
    correlations = np.corrcoef(task.clear_train, task.metadata_train.T)[0, 1:]
    # Equally frequent grades bring a little of it in.
    assert np.abs(correlations).max() < 0.2


def test_the_photograph_shows_the_clear_share(task):
    """Stained flesh is dark: the more of an apple's cut is, the less is clear."""
    dark = (task.image_train.max(axis=-1) < 90).sum(axis=(1, 2))
    area = task.metadata_train[:, 4] ** 2
    assert np.corrcoef(dark / area, task.clear_train)[0, 1] < -0.85
