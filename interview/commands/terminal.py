"""Dialogues in a terminal: what is shown, and what is typed."""

import contextlib
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from rich.console import Console, Group
from rich.live import Live
from rich.markdown import Markdown
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from interview import formulas
from interview.practising.dialogue import Block, Choice, Dialogue, Step
from interview.practising.keys import Keys

WIDTH = 80
# Seconds between two looks at the clock.
LOOK = 1.0
_SECONDS = re.compile(r":\d\d")

Ask = Callable[[str], str]


class Leave(Exception):
    """The learner leaves before the end."""


def console() -> Console:
    """The terminal, at most 80 columns wide; without colour where that isn't had."""
    plain = Console()
    return Console(width=min(WIDTH, plain.width), highlight=False)


def talk(
    dialogue: Dialogue,
    screen: Console,
    ask: Ask = input,
    keys: Callable[[], Keys] = Keys,
) -> None:
    """Go through a dialogue until its end, or until the learner leaves.

    Raises:
        ProgressError: the record can't be read or written any more.
    """
    _Front(dialogue, screen, ask, keys).talk()


def ask_line(ask: Ask, prompt: str) -> str:
    """A line that is typed.

    Raises:
        Leave: the learner wants to leave.
    """
    said = ask(prompt).strip()
    if said.casefold() in ("q", "quit", "exit"):
        raise Leave
    return said


class _Front:
    """One dialogue on a screen; what a learner types comes from `ask` and `keys`."""

    def __init__(
        self, dialogue: Dialogue, screen: Console, ask: Ask, keys: Callable[[], Keys]
    ) -> None:
        self._dialogue, self._screen, self._ask, self._keys = (
            dialogue,
            screen,
            ask,
            keys,
        )
        self._is_live = screen.is_terminal and not screen.is_dumb_terminal
        dialogue.say, dialogue.aside = self._say, self._aside

    def talk(self) -> None:
        dialogue, before = self._dialogue, None
        try:
            while True:
                step = dialogue.step()
                self._show(step, before)
                if step.is_last:
                    dialogue.close()
                    return
                act = self._wait(step) if step.is_timed else self._answer(step)
                dialogue.do(act)
                before = step
        except (Leave, EOFError, KeyboardInterrupt):
            self._screen.print()
            if said := dialogue.leave():
                self._say(said)

    def _say(self, said: Block | str) -> None:
        if isinstance(said, str):
            self._screen.print(Text(said))
        else:
            draw_block(self._screen, said)

    def _aside(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        # What is typed meanwhile isn't shown, and isn't meant for what comes after.
        with self._keys():
            result = work()
        done(result)

    def _show(self, step: Step, before: Step | None) -> None:
        """Show what isn't on the screen yet: what stood there before stays there."""
        there = before.shown if before and before.heading == step.heading else None
        if there is None or step.shown[: len(there)] != there:
            there = ()
            self._screen.print()
            if step.heading:
                heading = Text(step.heading, overflow="ellipsis", no_wrap=True)
                self._screen.rule(heading, characters="─")
        for block in step.shown[len(there) :]:
            draw_block(self._screen, block)
            self._screen.print()
        if step.rows and not (before and before.rows):
            self._screen.print(_table(step.rows))
        if step.is_timed and not self._is_live:
            self._say(_named(self._choices(step)))
        if step.take and not step.rows and (not before or before.prompt != step.prompt):
            self._say(f"{step.prompt}\n{_named(self._choices(step))}")

    def _choices(self, step: Step) -> tuple[Choice, ...]:
        """All that can be typed; a letter that the step has a use for means that."""
        taken = {letter for choice in step.choices for letter in _words(choice)}
        others = [c for c in self._dialogue.controls if c.key not in taken]
        return (*step.choices, *others, Choice("Leave", _leave, "q"))

    def _answer(self, step: Step) -> Callable[[], None]:
        """Ask until what is typed means something; what it means."""
        choices = self._choices(step)
        prompt = f"{step.prompt}  {_named(choices)}: "
        if step.take:
            rows = "Their numbers, Enter for none: "
            prompt = f"{step.prompt} {rows}" if step.rows else "> "
        acts = {word: choice.act for choice in choices for word in _words(choice)}
        while True:
            said = ask_line(self._ask, prompt)
            if said.casefold() in acts:
                return acts[said.casefold()]
            if step.rows:
                words = said.replace(",", " ").split()
                places = {int(word) - 1 for word in words if word.isdecimal()}
                known = set(range(len(step.rows)))
                if len(places) == len(set(words)) and places <= known:
                    return partial(step.take, places)
                self._say(f"Numbers from 1 to {len(step.rows)}, as in: 1 3")
            elif step.take:
                return partial(step.take, said)
            elif "" in acts:  # whoever types an answer wants to compare it
                return acts[""]

    def _wait(self, step: Step) -> Callable[[], None]:
        """Show the clock until a key is pressed or the step is over."""
        acts = {choice.key: choice.act for choice in self._choices(step)}
        dialogue, minute = self._dialogue, ""
        with contextlib.ExitStack() as stack:
            if self._is_live:
                live = Live(console=self._screen, auto_refresh=False, transient=True)
                stack.enter_context(live)
            keys = stack.enter_context(self._keys())
            while True:
                act = dialogue.look()
                if act or dialogue.step() != step:
                    self._screen.bell()
                    return act or _go_on
                if self._is_live:
                    does = Text(_named(self._choices(step)), style="dim")
                    live.update(Group(Text(dialogue.clock, "bold"), does), refresh=True)
                elif minute != (minute := _SECONDS.sub("", dialogue.clock)):
                    self._say(dialogue.clock)
                if (key := keys.get(LOOK)) in acts:
                    return acts[key]


def draw_block(screen: Console, block: Block) -> None:
    """Draw one thing that is shown."""
    if block.kind == "text":
        text = formulas.in_unicode(block.text)
        screen.print(Markdown(text, code_theme="ansi_dark"))
    elif block.kind == "code":
        style = {"theme": "ansi_dark", "background_color": "default"}
        screen.print(Syntax(block.text, "python", word_wrap=True, **style))
    else:
        screen.print(Text(block.text, style="bold"))


def _table(rows: tuple[tuple[str, str], ...]) -> Table:
    shown = Table(expand=True, show_lines=True)
    shown.add_column("", justify="right")
    shown.add_column("A strong candidate asks", ratio=2)
    shown.add_column("Assume", ratio=3)
    for place, (asked, assumed) in enumerate(rows, start=1):
        shown.add_row(str(place), Markdown(asked), Markdown(assumed))
    return shown


def _words(choice: Choice) -> set[str]:
    """What can be typed for a choice: where it has a number, its first letter, too."""
    name = choice.name.casefold()
    return {choice.key, name, *([name[0]] if choice.key.isdigit() else [])}


def _named(choices: tuple[Choice, ...]) -> str:
    """The choices and their keys, on one line."""
    named = (f"{c.key or 'Enter'} {c.name[0].lower()}{c.name[1:]}" for c in choices)
    return " · ".join(named)


def _leave() -> None:
    raise Leave


def _go_on() -> None:
    """What came was done elsewhere."""
