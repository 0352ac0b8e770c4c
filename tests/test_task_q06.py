"""The generated task of question 6: seeded, curved, with a known noise floor."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from helpers.data import make_wear_task


def test_shapes_types_and_line(capsys):
    task = make_wear_task(train_size=300, val_size=100)
    assert task.x_train.shape == (300, 10)
    assert task.y_train.shape == (300, 1)
    assert task.x_val.shape == (100, 10)
    assert task.y_val.shape == (100, 1)
    assert {a.dtype.name for a in (task.x_train, task.y_train)} == {"float32"}
    assert "300 training and 100 validation machines" in capsys.readouterr().out


def test_same_seed_same_data():
    one, two = (make_wear_task(train_size=50, val_size=20, seed=3) for _ in range(2))
    other = make_wear_task(train_size=50, val_size=20, seed=4)
    assert np.array_equal(one.x_train, two.x_train)
    assert np.array_equal(one.y_val, two.y_val)
    assert not np.array_equal(one.x_train, other.x_train)


def test_the_noise_is_what_it_says():
    """The same machines without the error differ from those with it by the error."""
    noisy = make_wear_task(train_size=20_000, val_size=10, noise=0.3)
    clean = make_wear_task(train_size=20_000, val_size=10, noise=0.0)
    assert noisy.noise_variance == pytest.approx(0.09)
    error = noisy.y_train - clean.y_train
    assert np.square(error).mean() == pytest.approx(0.09, rel=0.05)
    assert clean.y_train.std() == pytest.approx(1, abs=0.03)


def test_a_plane_is_not_enough():
    """A curved law: a linear model stays far above the noise floor."""
    task = make_wear_task(train_size=4_000, val_size=2_000)
    line = LinearRegression().fit(task.x_train, task.y_train)
    mse = np.square(line.predict(task.x_val) - task.y_val).mean()
    assert 2 * task.noise_variance < mse < 0.8 * task.y_val.var()
