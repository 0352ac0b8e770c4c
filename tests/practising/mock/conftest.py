import sys

import pytest

from interview.practising import practice_copies
from tests.practising.mock.acting import Clock
from tests.support import move


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Practice and run folders of the test's own."""
    move(monkeypatch, practice=tmp_path / "practice", runs=tmp_path / "runs")
    # Each mock as in a command that starts when the one before has ended.
    monkeypatch.setattr(practice_copies, "BEGAN", sys.maxsize)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def clock():
    return Clock()
