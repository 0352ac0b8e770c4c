"""What the mock's notebook imports: `mock.start()` shows it, with buttons."""

import sys

import ipywidgets

from interview.commands import buttons as _buttons
from interview.practising import record_file
from interview.practising.mock.interviewer import Interviewer
from interview.practising.mock.session import MockSession
from interview.practising.mock.start import begin, draw_question, unfinished_mocks
from interview.publishing import debrief_page
from interview.remembering.follow_ups import FollowUps

# Notebooks of earlier releases begin with `from interview.mock import buttons as mock`.
buttons = sys.modules[__name__]


def start(number: int | None = None, level: str = "onsite") -> ipywidgets.Widget:
    """A whole mock with buttons, as `interview mock --full` is one in a terminal.

    The mock that was left is taken up.

    Args:
        number: the question; one that you haven't passed yet if none is named.
        level: whose follow-ups are asked: "screen", "onsite" or "staff".
    """
    record, trouble = record_file.load()
    if trouble:
        print(trouble)
    if left := unfinished_mocks(record, number):
        session = MockSession(left[-1], FollowUps)
    else:
        session = begin(number or draw_question(record), level, FollowUps)
    return _buttons.start(Interviewer(session, debrief_page.write_debrief))
