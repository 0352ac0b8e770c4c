"""The generated tasks: seeded, and with what each question teaches in them."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.tree import DecisionTreeClassifier

from helpers.tasks import (
    Grains,
    make_grain_task,
    make_lookup_task,
    make_multi_input_task,
    make_sensor_task,
    make_wear_task,
    spell_lookup,
)

TABLE = {"x": ("float32", 10), "y": ("int64",)}
APPLES = {
    "image": ("uint8", 64, 64, 3),
    "metadata": ("float32", 10),
    "y": ("int64",),
    "clear": ("float32",),
}


@pytest.mark.parametrize(
    ("make", "second", "arrays"),
    [
        (make_sensor_task, "val", TABLE),
        (make_wear_task, "val", {"x": ("float32", 10), "y": ("float32", 1)}),
        (make_grain_task, "val", TABLE),
        (make_multi_input_task, "test", APPLES),
    ],
)
def test_sizes_and_types_are_as_said_and_the_seed_decides(make, second, arrays, capsys):
    sizes = {"train": 30, second: 20}
    given = {f"{part}_size": size for part, size in sizes.items()}
    one, same, other = (make(**given, seed=seed) for seed in (3, 3, 4))
    line, *_ = capsys.readouterr().out.splitlines()
    for part, size in sizes.items():
        assert f" {size} " in line
        for name, (kind, *shape) in arrays.items():
            array, again = (getattr(task, f"{name}_{part}") for task in (one, same))
            assert (array.dtype, array.shape) == (kind, (size, *shape))
            assert np.array_equal(array, again)
            assert not np.array_equal(array, getattr(other, f"{name}_{part}"))


def test_machines_are_outside_normal_by_their_distance_in_half_of_the_cases():
    """Question 4."""
    task = make_sensor_task(seed=5)
    assert 0.45 < task.y_train.mean() < 0.55
    radius = np.square(task.x_val).sum(axis=1)
    assert radius[task.y_val == 0].max() < radius[task.y_val == 1].min()


class TestApples:
    """Question 3: balanced, and neither input is enough."""

    @pytest.fixture(scope="class")
    @classmethod
    def task(cls):
        return make_multi_input_task(train_size=3_000, test_size=1_000)

    @staticmethod
    def starch_of(task):
        """The starch score of the training apples, computed from their clear share."""
        stain = task.metadata_train[:, 2]
        return 1 + 9 * np.where(stain == 1, 1 - task.clear_train, task.clear_train)

    def test_columns_and_grades_have_names(self, task):
        assert (len(task.columns), len(task.grades)) == (10, 5)

    def test_grades_are_equally_frequent(self, task):
        shares = np.bincount(task.y_train) / len(task.y_train)
        assert len(shares) == 5
        assert np.abs(shares - 0.2).max() < 0.03

    def test_the_index_decides(self, task):
        """A lower firmness / (sugar · starch) means a riper grade; none overlap."""
        firmness, sugar = task.metadata_train[:, :2].T
        index = firmness / (sugar * self.starch_of(task))
        for grade in range(4):
            riper = index[task.y_train == grade + 1]
            assert index[task.y_train == grade].min() > 1.1 * riper.max()

    def test_one_input_is_not_enough(self, task):
        """Each input alone, even read without error, stays far below 0.60."""
        firmness, sugar = task.metadata_train[:, :2].T
        for known, fresh in (
            (task.clear_train, task.clear_test),
            (firmness / sugar, task.metadata_test[:, 0] / task.metadata_test[:, 1]),
        ):
            tree = DecisionTreeClassifier(max_leaf_nodes=20, random_state=0)
            tree.fit(known[:, None], task.y_train)
            assert 0.2 < tree.score(fresh[:, None], task.y_test) < 0.57

    def test_the_inputs_hardly_go_together(self, task):
        """Neither input tells what the other one is."""
        correlations = np.corrcoef(task.clear_train, task.metadata_train.T)[0, 1:]
        # Choosing equally frequent grades correlates them slightly.
        assert np.abs(correlations).max() < 0.2

    def test_the_photograph_shows_the_clear_share(self, task):
        """Stained flesh is dark, so dark area and clear share are correlated."""
        dark = (task.image_train.max(axis=-1) < 90).sum(axis=(1, 2))
        area = task.metadata_train[:, 4] ** 2
        assert np.corrcoef(dark / area, task.clear_train)[0, 1] < -0.85


class TestWear:
    """Question 6: curved, with a known noise floor."""

    def test_the_noise_is_what_it_says(self):
        """The targets with and without the error differ by the noise variance."""
        noisy = make_wear_task(train_size=20_000, val_size=10, noise=0.3)
        clean = make_wear_task(train_size=20_000, val_size=10, noise=0.0)
        assert noisy.noise_variance == pytest.approx(0.09)
        error = noisy.y_train - clean.y_train
        assert np.square(error).mean() == pytest.approx(0.09, rel=0.05)
        assert clean.y_train.std() == pytest.approx(1, abs=0.03)

    def test_a_plane_is_not_enough(self):
        """A curved law: a linear model stays far above the noise floor."""
        task = make_wear_task(train_size=4_000, val_size=2_000)
        line = LinearRegression().fit(task.x_train, task.y_train)
        mse = np.square(line.predict(task.x_val) - task.y_val).mean()
        assert 2 * task.noise_variance < mse < 0.8 * task.y_val.var()


class TestGrains:
    """Question 8: hard with few grains, its optimum known."""

    def test_no_grain_is_in_two_parts(self):
        task = make_grain_task(test_size=500)
        rows = np.concatenate([task.x_train, task.x_val, task.x_test])
        assert len(np.unique(rows, axis=0)) == len(rows)

    def test_best_probabilities_are_true(self):
        """They sum to one; of the grains with probability p, p are of that variety."""
        task = make_grain_task(test_size=40_000)
        best = Grains.best_probabilities(task.x_test)
        assert best.sum(axis=1) == pytest.approx(1)
        for variety in range(3):
            p = best[:, variety]
            for low in np.arange(0, 1, 0.2):
                chosen = (p >= low) & (p < low + 0.2)
                share = (task.y_test[chosen] == variety).mean()
                assert share == pytest.approx(p[chosen].mean(), abs=0.05)
        assert (best.argmax(axis=1) == task.y_test).mean() == pytest.approx(
            0.95, abs=0.01
        )

    def test_planes_are_not_enough_and_eight_properties_are_noise(self):
        task = make_grain_task(train_size=4_000)
        plane = LogisticRegression().fit(task.x_train, task.y_train)
        assert plane.score(task.x_test, task.y_test) < 0.55
        properties = Grains.properties(task.x_train)
        for variety in range(3):
            means = properties[task.y_train == variety, 2:].mean(axis=0)
            assert np.abs(means).max() < 0.15

    def test_readings_mix_the_properties_and_lose_nothing(self):
        task = make_grain_task(test_size=50)
        properties = Grains.properties(task.x_test)
        assert Grains.readings(properties) == pytest.approx(task.x_test, abs=1e-5)
        # No reading holds length or width alone.
        for column in (0, 1):
            alone = [np.corrcoef(r, properties[:, column])[0, 1] for r in task.x_test.T]
            assert np.abs(alone).max() < 0.95


class TestTokens:
    """Question 9: sequences of tokens in which one thing decides."""

    def test_only_the_asked_names_tell_the_numbers(self):
        x, y, places = make_lookup_task(500, seed=0, listed=8, asked=2)
        listed, asked = x[:, :8], x[:, 8:] - 48
        assert all(len(set(row)) == 8 for row in listed % 24)
        assert 0 <= listed.min() < listed.max() < 48
        found = np.take_along_axis(listed, places, axis=1)
        np.testing.assert_array_equal(found % 24, asked)
        np.testing.assert_array_equal(found // 24, y)
        assert 0.4 < y.mean() < 0.6

    def test_tokens_are_spelled_as_name_and_number(self):
        assert spell_lookup(np.array([0, 25, 50])) == "a0 b1 c?"
