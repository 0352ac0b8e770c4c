"""The drill in a terminal: a card at a time, asked and graded by the keyboard."""

from collections.abc import Callable, Iterable

from rich.console import Console
from rich.markdown import Markdown
from rich.syntax import Syntax
from rich.text import Text

from interview import questions, study_notebooks
from interview.practising.record import GRADES
from interview.remembering.cards import Block, Card
from interview.remembering.drill import Drill

WIDTH = 80
_ASK = "Answer aloud, then press Enter (q ends). "
GRADE = "How was it?  1 again  2 hard  3 good  4 easy  (q ends) "

# A grade as its number, its name or the name's first letter.
GRADE_WORDS = {
    word: grade
    for grade, name in enumerate(GRADES, start=1)
    for word in (str(grade), name, name[0])
}


class _End(Exception):
    """The learner has had enough."""


def console() -> Console:
    """The terminal, at most 80 columns wide; without colour where that isn't had."""
    plain = Console()
    return Console(width=min(WIDTH, plain.width), highlight=False)


def run(drill: Drill, screen: Console, ask: Callable[[str], str] = input) -> None:
    """Ask cards until the learner ends it, the time is up, or nothing is left."""
    told = None
    try:
        while card := drill.next():
            _head(screen, card)
            show(screen, card.front)
            screen.print()
            _answer(ask, _ASK, {"": 0})
            screen.print()
            show(screen, card.back)
            place = study_notebooks.path_of(card.number)
            _says(screen, f"Notebook {place.name}, “{_plain(card.section)}”")
            screen.print()
            after = drill.grade(card, _answer(ask, GRADE, GRADE_WORDS))
            if drill.aside:
                _says(screen, drill.aside)
            # Said once, not after each card.
            if drill.trouble and drill.trouble != told:
                told = drill.trouble
                _says(screen, told)
            _says(screen, f"It comes back {drill.back(after)}.")
            screen.print()
        if drill.is_over:
            _says(screen, "The time is up.")
    except (_End, EOFError, KeyboardInterrupt):
        screen.print()
    for line in drill.summary().splitlines():
        _says(screen, line)


def _answer(ask: Callable[[str], str], prompt: str, words: dict[str, int]) -> int:
    """One of the words, asked for until it is given."""
    while True:
        said = ask(prompt).strip().casefold()
        if said in ("q", "quit", "exit"):
            raise _End
        if said in words:
            return words[said]
        if "" in words:  # anything but the end shows the answer
            return words[""]


def _head(screen: Console, card: Card) -> None:
    title = questions.read(card.number).title
    text = f"{card.number} · {title} · {card.kind} · {card.level}"
    screen.rule(Text(text, overflow="ellipsis", no_wrap=True), characters="─")


def _says(screen: Console, line: str) -> None:
    screen.print(Text(line))


def _plain(markdown: str) -> str:
    return markdown.replace("`", "")


def show(screen: Console, blocks: Iterable[Block]) -> None:
    """Show what is on a card, or on one side of it."""
    for place, block in enumerate(blocks):
        if place:
            screen.print()
        if block.kind == "text":
            screen.print(Markdown(block.text, code_theme="ansi_dark"))
        elif block.kind == "code":
            code = Syntax(
                block.text,
                "python",
                theme="ansi_dark",
                background_color="default",
                word_wrap=True,
            )
            screen.print(code)
        elif block.kind == "output":
            screen.print(Text(block.text, style="bold"))
        else:
            screen.print(Text(f"[Figure: {block.text}]"))
