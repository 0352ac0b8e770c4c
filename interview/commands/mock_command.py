"""The command `interview mock --full`: the mock that was left, or a new one."""

from collections.abc import Callable
from datetime import datetime

from rich.console import Console
from rich.text import Text

from interview import files
from interview.commands import drill_terminal
from interview.commands.mock_terminal import QUIT, Ask, Front, Leave, write_page
from interview.practising import record_file
from interview.practising.mock import start
from interview.practising.mock.session import PHASES, TITLES, Session, utc_now
from interview.practising.record import Record
from interview.remembering.follow_ups import FollowUps


def run(
    number: int | None,
    level: str,
    draw: Callable[[], int],
    screen: Console | None = None,
    ask: Ask = input,
    **others,
) -> None:
    """Take up the mock that was left, or begin one, and go through it.

    Args:
        number: the question; None for one that `draw` returns.
        level: whose follow-ups are asked.
        draw: called if a question is to be drawn.
        screen: the terminal.
        ask: what asks for a line.
        others: `keys` and `judged` of `Front`, and `now` of `start.begin`.

    Raises:
        NotebookError: there is no such question.
        ProgressError: the record can't be read or written.
    """
    screen = screen or drill_terminal.console()
    now = others.pop("now", utc_now)
    record, trouble = record_file.load()
    if trouble:
        screen.print(Text(trouble))
    try:
        session = _taken_up(record, number, screen, ask, now)
        if session is None:
            session = start.begin(
                draw() if number is None else number, level, FollowUps, now
            )
            _introduce(session, screen, ask)
    except (Leave, EOFError, KeyboardInterrupt):
        screen.print()
        return
    Front(session, screen, ask, **others).run()


def _taken_up(
    record: Record,
    number: int | None,
    screen: Console,
    ask: Ask,
    now: Callable[[], datetime],
) -> Session | None:
    """The mock that was left, if the learner goes on with it; else it is given up."""
    left = start.unfinished(record, number)
    if not left:
        return None
    session = Session(left[-1], FollowUps, now)
    question, state = session.question, session.state
    screen.print(
        Text(
            f"You began a mock of question {question.number} · {question.title} on "
            f"{state.started.astimezone():%a %d %b, %H:%M}, and left it at “"
            f"{TITLES[state.phase]}”."
        )
    )
    said = ask("Enter goes on with it, n gives it up and begins another. ").strip()
    if said.casefold() in QUIT:
        raise Leave
    if said.casefold() not in ("n", "new"):
        return session
    session.give_up()
    screen.print(Text(f"How it went: {files.shown(write_page(session))}"))
    session.end()
    return None


def _introduce(session: Session, screen: Console, ask: Ask) -> None:
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
    if ask("Enter begins. ").strip().casefold() in QUIT:
        raise Leave
