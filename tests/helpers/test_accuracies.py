"""Accuracies with their errors, and the tables they are printed in."""

import numpy as np
import pytest

from helpers import accuracies


def test_standard_error():
    assert accuracies.standard_error(0.5, 100) == pytest.approx(0.05)
    assert accuracies.standard_error(1.0, 100) == 0


def test_mean_and_error():
    assert accuracies.mean_and_error([1.0, 2.0, 3.0]) == pytest.approx((2, 3**-0.5))
    assert accuracies.mean_and_error([0.9]) == (0.9, 0)


def test_probabilities_of_logits_and_of_probabilities():
    given = np.array([[0.25, 0.75], [1.0, 0.0]])
    assert accuracies.probabilities(given) is given
    assert accuracies.probabilities(np.log([[0.25, 0.75]])) == pytest.approx(given[:1])


def test_accuracy():
    class Model:
        def predict(self, images, batch_size, verbose):
            return images

    assert accuracies.accuracy(Model(), np.eye(4), np.array([0, 1, 2, 0])) == 0.75


def test_steps_are_starred_where_they_are_settled(capsys):
    rows = {
        "first": np.array([[0.50, 0.1], [0.52, 0.3]]),
        "settled": np.array([[0.90, 0.1], [0.92, 0.3]]),
        "not": np.array([[0.89, 0.1], [0.95, 0.3]]),
    }
    accuracies.show_steps(rows, "shifted")
    head, first, settled, unsettled = capsys.readouterr().out.splitlines()
    assert head.endswith("shifted")
    assert "0.5100 ± 0.0100" in first
    assert first.endswith("0.200")
    assert "+0.4000 ± 0.0141 *" in settled
    assert "+0.0100" in unsettled
    assert "*" not in unsettled


def test_confidence_is_shown_by_groups_that_hold_something(capsys):
    confidence = np.array([0.5, 0.6, 0.99, 1.0])
    accuracies.show_confidence(confidence, np.array([False, True, True, True]))
    low, middle, high = capsys.readouterr().out.splitlines()
    assert "2 digits: says 0.550, is right 0.500 ± 0.354" in low
    assert "1 digits: says 0.990, is right 1.000" in middle
    assert high.split()[2] == "1.0"
