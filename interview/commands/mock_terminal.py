"""The command `interview mock --full`: the mock that was left, or a new one."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

from interview import files
from interview.commands.terminal import Leave, Terminal
from interview.judging import judge
from interview.practising import record_file
from interview.practising.dialogue import utc_now
from interview.practising.mock import debrief, start
from interview.practising.mock.interviewer import Interviewer
from interview.practising.mock.session import HEARTBEAT, PHASES, TITLES, MockSession
from interview.publishing import debrief_page
from interview.remembering.follow_ups import FollowUps


def hold_mock(
    number: int | None,
    level: str,
    draw: Callable[[], int],
    terminal: Terminal | None = None,
    judged: Callable[..., judge.Verdict] = judge.judge,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Take up the mock that was left, or begin one, and go through it.

    Without a number `draw` names the question.

    Raises:
        NotebookError: there is no such question.
        ProgressError: the record can't be read or written.
    """
    terminal = terminal or Terminal()
    record, trouble = record_file.load()
    if trouble:
        terminal.say(trouble)
    session = None
    try:
        if left := start.unfinished_mocks(record, number):
            session = _taken_up(MockSession(left[-1], FollowUps, now), terminal)
        if session is None:
            number = draw() if number is None else number
            session = start.begin(number, level, FollowUps, now)
            _introduce(session, terminal)
    except (Leave, EOFError, KeyboardInterrupt):
        terminal.say("")
        return
    interviewer = Interviewer(session, debrief_page.write_debrief, judged)
    with looked_after(session):
        terminal.talk(interviewer)


def _taken_up(session: MockSession, terminal: Terminal) -> MockSession | None:
    """The mock that was left, if the learner goes on with it; else it is given up."""
    question, state = session.question, session.state
    terminal.say(
        f"You began a mock of question {question.number} · {question.title} on "
        f"{state.started.astimezone():%a %d %b, %H:%M}, and left it at “"
        f"{TITLES[state.phase]}”."
    )
    prompt = "Enter goes on with it, n gives it up and begins another, q leaves. "
    if terminal.ask_line(prompt).casefold() not in ("n", "new"):
        return session
    session.give_up()
    record, _ = record_file.load()
    found = debrief.make_debrief(record, session.key, session.follow_ups.cards)
    terminal.say(f"How it went: {files.shown(debrief_page.write_debrief(found))}")
    session.end()
    return None


def _introduce(session: MockSession, terminal: Terminal) -> None:
    question, allowed = session.question, session.state.allowed
    terminal.rule(f"{question.number} · {question.title}: a whole interview")
    for place, phase in enumerate(PHASES, start=1):
        minutes = f"{allowed[phase]:g} min" if phase in allowed else ""
        terminal.say(f"{place}  {TITLES[phase]:<18} {minutes:>6}")
    terminal.say(
        f"About {sum(allowed.values()):g} minutes. p stops the clock; q or Ctrl-C "
        f"leaves, and `interview mock --full` takes it up again."
    )
    terminal.ask_line("Enter begins. ")


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
