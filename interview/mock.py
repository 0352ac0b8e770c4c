"""What the mock's notebook imports: `mock.start()` shows it, with buttons."""

import ipywidgets

from interview.commands import buttons
from interview.practising import record_file
from interview.practising.mock.interviewer import Interviewer
from interview.practising.mock.session import MockSession
from interview.practising.mock.start import begin, draw_question, unfinished_mocks
from interview.publishing import debrief_page
from interview.remembering.follow_ups import FollowUps


def start(number: int | None = None, level: str = "onsite") -> ipywidgets.Widget:
    """A whole mock with buttons, as `interview mock --full` is one in a terminal.

    The mock that was left is taken up; else one begins, of a question that you haven't
    passed yet if none is named. The level is "screen", "onsite" or "staff".
    """
    record, trouble = record_file.load()
    if trouble:
        print(trouble)
    if left := unfinished_mocks(record, number):
        session = MockSession(left[-1], FollowUps)
    else:
        session = begin(number or draw_question(record), level, FollowUps)
    return buttons.start(Interviewer(session, debrief_page.write_debrief))
