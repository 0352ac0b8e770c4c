"""Learners' notebooks can import the package's functions under each of its names."""

import pytest


@pytest.mark.parametrize("name", ["clock", "drill", "mock"])
def test_a_notebook_finds_what_it_starts(name):
    names = {}
    exec(f"from interview import {name} as given", names)
    assert callable(names["given"].start)
