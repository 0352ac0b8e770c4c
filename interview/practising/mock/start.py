"""How a mock begins, and which ones aren't over."""

import random
from collections.abc import Callable
from datetime import datetime

from interview import questions, study_notebooks
from interview.practising import record_file
from interview.practising.dialogue import utc_now
from interview.practising.mock.session import FollowUps, MockSession
from interview.practising.record_models import Mock, Record

# What an interviewer has for the phases that aren't coding.
MINUTES = {"question": 5, "follow-ups": 6}
# "Ten minutes are left", the interviewer says; some ask for two things.
SECOND_ROUND, SECOND_ROUND_OF_TWO = 10, 15


def begin(
    number: int,
    level: str,
    follow_ups: Callable[[int], FollowUps],
    now: Callable[[], datetime] = utc_now,
) -> MockSession:
    """Begin a mock of a question; its clock stands still until `go_on`.

    Raises:
        NotebookError: there is no such question.
        ProgressError: the record can't be written.
    """
    question = questions.read(number)
    started = now().replace(microsecond=0)
    rounds = [p for p in question.parts if p.kind == "second round"]
    allowed = {
        **MINUTES,
        "answer": question.minutes,
        "second round": SECOND_ROUND if len(rounds) < 2 else SECOND_ROUND_OF_TWO,
    }
    with record_file.changing() as (record, _):
        key = name = f"{started:%Y%m%d-%H%M%S}-{number:02d}"
        again = 1
        while key in record.mocks:
            again += 1
            key = f"{name}-{again}"
        record.mocks[key] = Mock(
            question=number,
            level=level,
            started=started.isoformat(),
            allowed=allowed,
            hints_before=dict(record.of(number).hints),
        )
    return MockSession(key, follow_ups, now)


def unfinished_mocks(record: Record, number: int | None = None) -> list[str]:
    """The keys of the mocks that aren't over, of a question or of all, latest last."""
    there = set(study_notebooks.numbers())
    found = [
        key
        for key, mock in record.mocks.items()
        if not mock.ended and mock.question in there
    ]
    found = [k for k in found if number in (None, record.mocks[k].question)]
    return sorted(found, key=lambda key: record.mocks[key].started)


def draw_question(record: Record) -> int:
    """A question that hasn't been passed yet; any if all have."""
    numbers = study_notebooks.numbers()
    left = []
    for number in numbers:
        asked = questions.read(number).asked
        if record_file.standing(record, number, asked, False).state != "passed":
            left.append(number)
    return random.choice(left or numbers)
