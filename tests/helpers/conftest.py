"""The fixture that the tests of figures share."""

import matplotlib.pyplot as plt
import pytest

from helpers import plots


@pytest.fixture
def shown(monkeypatch):
    """The figures that were shown, in order: pairs of an open figure and its text."""
    seen = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: seen.append((figure, alt)))
    yield seen
    plt.close("all")
