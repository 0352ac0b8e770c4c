"""The command `interview mock --full`: the mock that was left, or a new one."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

from rich.console import Console
from rich.text import Text

from interview import files
from interview.commands import terminal
from interview.commands.terminal import Ask
from interview.judging import judge
from interview.practising import record_file
from interview.practising.dialogue import utc_now
from interview.practising.keys import Keys
from interview.practising.mock import debrief, start
from interview.practising.mock.interviewer import Interviewer
from interview.practising.mock.session import PHASES, TITLES, MockSession
from interview.practising.mock.timing import HEARTBEAT
from interview.practising.record_models import Record
from interview.publishing import debrief_page
from interview.remembering.follow_ups import FollowUps


def hold_mock(
    number: int | None,
    level: str,
    draw: Callable[[], int],
    screen: Console | None = None,
    *,
    ask: Ask = input,
    keys: Callable[[], Keys] = Keys,
    judged: Callable[..., judge.Verdict] = judge.judge,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Take up the mock that was left, or begin one, and go through it.

    Args:
        number: the question; None for one that `draw` returns.
        level: whose follow-ups are asked.
        draw: called if a question is to be drawn.
        screen: the terminal.
        ask: what asks for a line.
        keys: what reads single keys.
        judged: what judges the copy.
        now: the clock.

    Raises:
        NotebookError: there is no such question.
        ProgressError: the record can't be read or written.
    """
    screen = screen or terminal.console()
    record, trouble = record_file.load()
    if trouble:
        screen.print(Text(trouble))
    try:
        session = _taken_up(record, number, screen, ask, now)
        if session is None:
            number = draw() if number is None else number
            session = start.begin(number, level, FollowUps, now)
            _introduce(session, screen, ask)
    except (terminal.Leave, EOFError, KeyboardInterrupt):
        screen.print()
        return
    interviewer = Interviewer(session, debrief_page.write_debrief, judged)
    with looked_after(session):
        terminal.talk(interviewer, screen, ask, keys)


def _taken_up(
    record: Record,
    number: int | None,
    screen: Console,
    ask: Ask,
    now: Callable[[], datetime],
) -> MockSession | None:
    """The mock that was left, if the learner goes on with it; else it is given up."""
    left = start.unfinished_mocks(record, number)
    if not left:
        return None
    session = MockSession(left[-1], FollowUps, now)
    question, state = session.question, session.state
    screen.print(
        Text(
            f"You began a mock of question {question.number} · {question.title} on "
            f"{state.started.astimezone():%a %d %b, %H:%M}, and left it at “"
            f"{TITLES[state.phase]}”."
        )
    )
    prompt = "Enter goes on with it, n gives it up and begins another, q leaves. "
    if terminal.ask_line(ask, prompt).casefold() not in ("n", "new"):
        return session
    session.give_up()
    record, _ = record_file.load()
    found = debrief.make_debrief(record, session.key, session.follow_ups.cards)
    screen.print(Text(f"How it went: {files.shown(debrief_page.write_debrief(found))}"))
    session.end()
    return None


def _introduce(session: MockSession, screen: Console, ask: Ask) -> None:
    question, allowed = session.question, session.state.allowed
    title = f"{question.number} · {question.title}: a whole interview"
    screen.rule(Text(title, overflow="ellipsis", no_wrap=True), characters="─")
    for place, phase in enumerate(PHASES, start=1):
        minutes = f"{allowed[phase]:g} min" if phase in allowed else ""
        screen.print(Text(f"{place}  {TITLES[phase]:<18} {minutes:>6}"))
    total = sum(allowed.values())
    screen.print(
        Text(
            f"About {total:g} minutes. p stops the clock; q or Ctrl-C leaves, and "
            f"`interview mock --full` takes it up again."
        )
    )
    terminal.ask_line(ask, "Enter begins. ")


@contextlib.contextmanager
def looked_after(session: MockSession) -> Iterator[None]:
    """Look after the clock in the background, whatever the learner does meanwhile."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(HEARTBEAT.total_seconds()):
            # What can't be recorded is said where the learner does something.
            with contextlib.suppress(record_file.ProgressError):
                session.tick()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
