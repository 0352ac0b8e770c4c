"""A dialogue with a learner: what is shown, and what can be answered, step by step.

The drill and the mock interview are dialogues. They say what is asked, in one place;
`interview.commands.terminal` draws their steps for a keyboard, and
`interview.commands.buttons` in a notebook.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from interview.practising.record_models import GRADES


@dataclass(frozen=True)
class Block:
    """One thing that is shown.

    Attributes:
        kind: "text" (Markdown), "code" (Python) or "output" (as printed).
        text: the text.
    """

    kind: str
    text: str


@dataclass(frozen=True)
class Choice:
    """One thing that can be answered.

    Attributes:
        name: what a button is called, and a terminal's prompt.
        act: what is done when it's chosen.
        key: what is typed for it in a terminal; nothing but Enter if it's empty.
    """

    name: str
    act: Callable[[], None] = field(compare=False)
    key: str = ""


@dataclass(frozen=True)
class Step:
    """Where a dialogue stands. A step that can't be answered is the last one.

    Attributes:
        heading: what part of the dialogue this is.
        shown: what is shown, from top to bottom.
        prompt: what the learner is asked to do.
        choices: the possible answers.
        take: takes a line of text, or, where there are `rows`, the places of those
            that were ticked; None where neither is asked for.
        rows: lines to tick, in two columns.
        is_timed: whether the learner works elsewhere, against a clock.
    """

    heading: str
    shown: tuple[Block, ...]
    prompt: str = ""
    choices: tuple[Choice, ...] = ()
    take: Callable[[Any], None] | None = field(default=None, compare=False)
    rows: tuple[tuple[str, str], ...] = ()
    is_timed: bool = False

    @property
    def is_last(self) -> bool:
        """Whether the dialogue is over once this is shown."""
        return not self.choices and self.take is None


class Dialogue:
    """What a front draws; it sets `say`, `link` and `aside` to its own ways.

    Attributes:
        clock: the line about the time; empty where no clock runs.
        controls: what can be chosen at each step.
    """

    clock = ""
    controls: tuple[Choice, ...] = ()

    def say(self, said: Block | str) -> None:
        """Show a line, or a block, that belongs to no step."""
        print(said if isinstance(said, str) else said.text)

    def link(self, words: str, path: Path, heading: str = "") -> str:
        """Words, with a link to a file, or a heading in it, where one can be followed.

        Both are Markdown.
        """
        return words

    def aside(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        """Do what takes long, and hand what it returned to `done`."""
        done(work())

    def step(self) -> Step:
        """Where the dialogue stands; asking again changes nothing."""
        raise NotImplementedError

    def do(self, act: Callable[[], None]) -> None:
        """Do what was chosen."""
        act()

    def look(self) -> Callable[[], None] | None:
        """Look after the clock, once a second; what is to be done now, if anything."""

    def leave(self) -> str:
        """The learner leaves before the end; what is said then."""
        return ""

    def close(self) -> None:
        """The last step has been shown."""


def ask_card(
    heading: str,
    front: str,
    back: str,
    *,
    is_open: bool,
    reveal: Callable[[], None],
    grade: Callable[[int], None],
) -> Step:
    """Ask a card; once its answer is shown, ask how well it was known.

    Front and back are Markdown.
    """
    asked = Block("text", front)
    if not is_open:
        choices = (Choice("Show the answer", reveal),)
        return Step(heading, (asked,), "Answer aloud.", choices)
    grades = enumerate(GRADES, start=1)
    choices = tuple(Choice(name, partial(grade, n), str(n)) for n, name in grades)
    shown = (asked, Block("text", "---"), Block("text", back))
    return Step(heading, shown, "How was it?", choices)


def utc_now() -> datetime:
    """Now, with a time zone."""
    return datetime.now(UTC)


def comes_back(due: datetime, now: datetime) -> str:
    """When a card comes back: "It comes back in 10 min.", "… on Thu 26 Nov."."""
    left = due - now
    if left < timedelta(hours=1):
        when = f"in {max(1, round(left / timedelta(minutes=1)))} min"
    elif left < timedelta(hours=24):
        when = f"in {round(left / timedelta(hours=1))} h"
    else:
        when = f"on {due.astimezone():%a %d %b}"
    return f"It comes back {when}."
