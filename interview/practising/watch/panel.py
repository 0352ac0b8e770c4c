"""The output of `interview watch`: a panel below the messages, or plain lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from interview import files
from interview.practising.dialogue import utc_now
from interview.practising.keys import Keys
from interview.practising.watch.session import NOT_WRITTEN, Session

KEYS = (
    ("h", "hint"),
    ("r", "again"),
    ("m", "more"),
    ("w", "why"),
    ("s", "second round"),
    ("n", "another question"),
    ("q", "quit"),
)
_STYLES = {"✓": "green", "✗": "red"}
# Names for keys that aren't letters.
_NAMED = {"": "enter", "\x7f": "back", "\b": "back"}


class Lines:
    """Plain lines for an output that isn't a terminal, and so has no keys."""

    has_panel = False

    def say(self, line: str) -> None:
        """Print a line."""
        print(line, flush=True)

    def clear(self) -> None:
        """Do nothing, because printed lines stay."""

    def show(self, session: Session, prompt: str = "") -> None:
        """Do nothing, because there is no panel."""

    def pressed(self) -> None:
        """Return None, because there are no keys."""


class Screen:
    """A terminal: messages scroll above a panel, which stays at the bottom."""

    has_panel = True

    def __init__(self, console: Console, live: Live, keys: Keys) -> None:
        self._console, self._live, self._keys = console, live, keys
        self._shown: tuple = ()

    def say(self, line: str) -> None:
        """Print a line above the panel."""
        text = Text(line)
        text.stylize(_STYLES.get(line[:1], ""), 0, len(line.partition("\n")[0]))
        self._console.print(text)

    def clear(self) -> None:
        """Clear the screen; the next line or `show` draws the panel again."""
        self._console.clear()

    def show(self, session: Session, prompt: str = "") -> None:
        """Draw the panel again if anything in it has changed."""
        time, marks = session.time(utc_now()), tuple(session.marks.items())
        now = (
            self._console.size,
            (session, marks, session.hints_opened, session.status, time, prompt),
        )
        if self._shown and now[0] != self._shown[0]:
            session.repaint()
        if now != self._shown:
            self._shown = now
            self._live.update(panel(session, time, prompt), refresh=True)

    def pressed(self) -> str | None:
        """The key that was pressed, None if none was, "end" if the terminal is gone."""
        try:
            key = self._keys.get(0)
        except (EOFError, OSError):  # the terminal is gone
            return "end"
        return _NAMED.get(key, key)


def panel(session: Session, time: str, prompt: str = "") -> RenderableType:
    """The question's parts with their marks, the clock, and the keys."""
    question = session.question
    table = Table.grid(padding=(0, 1))
    for part in question.parts:
        mark = session.marks[part.name]
        kind = "" if part.asked else f"({part.kind})"
        table.add_row(
            Text(mark or " ", style=_STYLES.get(mark, "")),
            Text(part.name),
            Text(kind, style="dim"),
            Text(NOT_WRITTEN if mark == "·" else ""),
        )
    count = session.hints_opened
    facts = [time, f"{count} hint{'s' * (count != 1)} opened" if count else ""]
    title = f"{question.number} · {question.title} · {files.shown(session.file)}"
    keys = Text(prompt or "  ".join(f"{key} {does}" for key, does in KEYS))
    return Group(
        Rule(Text(title, overflow="ellipsis", no_wrap=True), characters="─"),
        table,
        Text(" · ".join(filter(None, [*facts, session.status]))),
        keys,
    )


@contextmanager
def opened() -> Iterator[Lines | Screen]:
    """The terminal, with its keys read one by one, or else plain lines."""
    console = Console(highlight=False)
    is_ours = console.is_terminal and not console.is_dumb_terminal
    if not (is_ours and sys.stdin.isatty()):
        yield Lines()
        return
    live = Live(console=console, auto_refresh=False, redirect_stderr=False)
    with Keys() as keys, live:
        yield Screen(console, live, keys)
