"""The results cell, a table and plain JSON of finite numbers; and printed tables."""

import time

import numpy as np
import pytest

from helpers import results
from helpers.stats import Estimate


@pytest.fixture
def shown(monkeypatch):
    seen = []
    monkeypatch.setattr(results, "display", lambda data, **_: seen.append(data))
    return seen


def test_table_and_json(shown):
    results.show({"test_accuracy": np.float32(0.5), "steps": 1200, "gap": 3e-7})
    table, bundle = shown
    seconds = bundle["application/json"].pop("notebook_seconds")
    assert 0 < seconds <= time.process_time()
    assert bundle["application/json"] == {
        "test_accuracy": 0.5,
        "steps": 1200,
        "gap": 3e-7,
    }
    for name, value in {
        "test_accuracy": "0.5000",
        "steps": "1,200",
        "gap": "3.0e-07",
    }.items():
        cells = f'<td>{name}</td><td style="text-align:right">{value}</td>'
        assert cells in table["text/html"]


@pytest.mark.parametrize("value", ["0.9", None, True, [1]])
def test_only_numbers(shown, value):
    with pytest.raises(TypeError, match="accuracy is"):
        results.show({"accuracy": value})
    assert shown == []


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_only_finite_ones(shown, value):
    with pytest.raises(ValueError, match="finite"):
        results.show({"accuracy": value})
    assert shown == []


def test_a_table_shows_means_with_their_errors(capsys):
    rows = {
        "ours": (1200, -1e-17, ""),
        "other": (9, [1, 2, 3], "three"),
        "third": (10, Estimate(0.5, 0.25), "four"),
    }
    results.show_table(("size", "loss", "note"), rows, digits=2)
    assert capsys.readouterr().out.splitlines() == [
        "         size          loss    note",
        "ours    1,200          0.00",
        "other       9   2.00 ± 0.58   three",
        "third      10   0.50 ± 0.25    four",
    ]


def test_names_of_results_have_no_spaces():
    assert results.slug("LSTM, last state") == "LSTM_last_state"
