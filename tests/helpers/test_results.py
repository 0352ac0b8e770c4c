"""The results cell: a table, and plain JSON; only finite numbers."""

import numpy as np
import pytest

from helpers import results


@pytest.fixture
def shown(monkeypatch):
    seen = []
    monkeypatch.setattr(results, "display", lambda data, **_: seen.append(data))
    return seen


def test_table_and_json(shown):
    results.show({"test_accuracy": np.float32(0.5), "steps": 1200, "gap": 3e-7})
    table, bundle = shown
    assert bundle["application/json"] == {
        "test_accuracy": 0.5,
        "steps": 1200,
        "gap": 3e-7,
    }
    assert table["text/plain"].splitlines() == [
        "test_accuracy  0.5000",
        "steps          1,200",
        "gap            3.0e-07",
    ]
    assert "<td>test_accuracy</td>" in table["text/html"]


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
