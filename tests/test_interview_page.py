"""The page "One interview, minute by minute": each state of its code is run."""

import re

import pytest

import helpers.quiet  # isort: skip
from interview.checks import q07
from interview.checks.claims import CheckFailed
from tests.support import ROOT

PAGE = ROOT / "docs" / "interview.md"
# The names that each state of the page's code defines, and the part of the check's
# message that the page quotes; None if the state is right.
STATES = [
    ("make_pairs", "hold the same image twice"),
    ("make_pairs", None),
    ("contrastive_loss", "each label has met each distance"),
    ("contrastive_loss", None),
    ("EuclideanDistance", "the root's slope at 0 is infinite"),
    ("EuclideanDistance", None),
    ("build_siamese", None),
    ("info_nce", "one direction alone"),
    ("info_nce", None),
]


def states() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S)


@pytest.fixture(scope="module")
def verdicts():
    """The message of the check for each state, in order; empty where it passes."""
    written, found = {}, []
    for code, (name, _) in zip(states(), STATES, strict=True):
        exec(compile(code, PAGE.name, "exec"), written)
        try:
            q07.check(**{name: written[name]})
        except CheckFailed as failure:
            found.append(str(failure))
        else:
            found.append("")
    return found


@pytest.mark.parametrize("place", range(len(STATES)))
def test_each_state_is_as_the_page_says(verdicts, place):
    _, fault = STATES[place]
    if fault is None:
        assert verdicts[place] == ""
    else:
        assert verdicts[place].startswith("✗")
        assert fault in verdicts[place]
