"""Helpers for notebook 6 only: trainings at given rates, AdamW, intervals."""

import keras
import numpy as np
import pytest

from helpers.q06 import (
    RateRunner,
    ScheduleFree,
    averaged,
    interval,
    newest_points,
    show_ends,
    verdict,
)
from helpers.stats import Estimate


def build():
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])


def test_trains_as_adam_does_at_those_rates_and_each_time_anew():
    x, y = np.ones((4, 2), "float32"), np.full((4, 1), 3.0, "float32")
    run = RateRunner(build, x, y, steps=3, batch_size=4)
    rates = [0.0, 0.1, 0.2]
    run([0.3, 0.3, 0.3], seed=2)
    losses, model = run(rates, seed=1)
    keras.utils.set_random_seed(1)
    expected = build()
    expected.compile(keras.optimizers.Adam(0.1), "mse", run_eagerly=True)
    for rate, loss in zip(rates, losses, strict=True):
        expected.optimizer.learning_rate = rate
        assert loss == pytest.approx(expected.train_on_batch(x, y), rel=1e-5)
    for weight, other in zip(model.get_weights(), expected.get_weights(), strict=True):
        np.testing.assert_allclose(weight, other, atol=1e-6)


def test_schedule_free_averages_the_points_as_the_paper_has_it():
    model = build()
    model.compile(ScheduleFree(0.1), "mse", run_eagerly=True)
    random, points = np.random.default_rng(0), []
    for _ in range(4):
        x = random.normal(size=(4, 2)).astype("float32")
        model.train_on_batch(x, x[:, :1] + 3)
        points.append([slot.numpy() for slot in newest_points(model.optimizer)])
    for weight, *reached in zip(model.get_weights(), *points, strict=True):
        expected = 0.9 * np.mean(reached, axis=0) + 0.1 * reached[-1]
        np.testing.assert_allclose(weight, expected, atol=1e-6)
    averaged(model)
    for weight, *reached in zip(model.get_weights(), *points, strict=True):
        np.testing.assert_allclose(weight, np.mean(reached, axis=0), atol=1e-6)


def test_an_interval_is_students_and_wider_for_more_comparisons():
    found = interval(np.array([1.0, 2.0, 3.0]), np.zeros(3), comparisons=1)
    assert found == pytest.approx((2, 4.3027 / np.sqrt(3)), rel=1e-4)
    assert interval(np.array([1.0, 2.0, 3.0]), np.zeros(3))[1] > found[1]


@pytest.mark.parametrize(
    ("mean", "half", "expected"),
    [(-2, 1, "lower"), (2, 1, "higher"), (1, 2, "not settled"), (0, 0, "not settled")],
)
def test_an_interval_without_0_settles_a_difference(mean, half, expected):
    assert verdict(mean, half) == expected


def test_test_losses_stand_beside_the_differences(shown):
    losses = {"a": np.array([0.3, 0.1]), "b": np.array([0.2, 0.2])}
    show_ends(losses, {"minus a": {"b": Estimate(-0.02, 0.01)}}, floor=0.09)
    ((figure, alt),) = shown
    assert [axis.get_xlabel() for axis in figure.axes] == [
        "test loss (σ²)",
        "minus a (σ²)",
    ]
    assert "a 0.2 ± 0.1; b 0.2; baseline noise floor 0.09." in alt
    assert "b -0.02 ± 0.01; baseline no difference 0." in alt
