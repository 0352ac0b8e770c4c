"""Means, standard errors and paired differences, by hand."""

import numpy as np
import pytest

from helpers import stats
from helpers.stats import Estimate


def test_mean_and_its_standard_error():
    assert stats.mean_error([1.0, 2.0, 3.0]) == pytest.approx((2, 3**-0.5))
    mean, error = stats.mean_error([0.9])
    assert mean == 0.9
    assert np.isnan(error)


@pytest.mark.parametrize("values", [[], 0.5, [[1, 2], [3, 4]]])
def test_only_replicates_have_a_mean(values):
    with pytest.raises(ValueError, match="replicates"):
        stats.mean_error(values)


def test_an_estimate_is_written_with_its_error():
    assert f"{Estimate(0.98149, 0.0021):.3f}" == "0.981 ± 0.002"
    assert f"{Estimate(0.5, 0.25):+.1f}" == "+0.5 ± 0.2"


def test_differences_are_paired_by_replicate():
    before = np.array([[1, 0, 0, 1], [1, 0, 1, 1]], bool)
    after = np.array([[1, 1, 0, 1], [1, 1, 1, 1]], bool)
    # Each seed gains a quarter; the gain is in one of the four examples.
    assert stats.paired_difference(after, before) == (0.25, 0)
    assert stats.paired_difference(after, before, axis=1) == (0.25, 0.25)
    after[0, 2] = True
    assert stats.paired_difference(after, before) == pytest.approx((0.375, 0.125))
    assert stats.paired_difference([3.0, 5.0], [1.0, 2.0]) == pytest.approx((2.5, 0.5))


def test_what_has_one_row_is_compared_with_each_replicate():
    one, several = np.array([[1, 0, 0, 1]]), np.array([[1, 1, 0, 1], [1, 1, 1, 1]])
    assert stats.paired_difference(several, one) == pytest.approx((0.375, 0.125))
    assert stats.paired_difference(one, several) == pytest.approx((-0.375, 0.125))
    with pytest.raises(ValueError, match="shape"):
        stats.paired_difference(several, np.ones((3, 4)))
