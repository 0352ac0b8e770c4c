"""Learners' notebooks can import the package's functions under each of its names."""

import pytest


@pytest.mark.parametrize(
    "line",
    [
        "from interview import clock as given",
        "from interview.practising import clock as given",
        "from interview import drill as given",
        "from interview import buttons as given",
        "from interview.remembering import drill_notebook as given",
        "from interview import mock as given",
        "from interview.mock import buttons as given",
        "from interview.practising.mock import notebook as given",
    ],
)
def test_a_notebook_that_was_written_before_finds_what_it_starts(line):
    names = {}
    exec(line, names)
    assert callable(names["given"].start)


def test_another_name_is_an_import_error_as_ever():
    with pytest.raises(ImportError, match="nothing_of_this_name"):
        exec("from interview import nothing_of_this_name")
