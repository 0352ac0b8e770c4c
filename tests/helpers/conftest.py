"""What the tests of figures share."""

import matplotlib.pyplot as plt
import pytest

from helpers import plots


@pytest.fixture
def shown(monkeypatch):
    """What was shown, in order: pairs of a figure, still open, and its text."""
    seen = []
    monkeypatch.setattr(plots, "show", lambda figure, alt: seen.append((figure, alt)))
    yield seen
    plt.close("all")
