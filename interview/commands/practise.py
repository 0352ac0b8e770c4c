"""Commands that a learner practises with: start, mock, hint, drill, cards."""

import random
import sys
from collections.abc import Callable
from pathlib import Path

import click

from interview import files, folders, questions, study_notebooks
from interview.commands.common import LEVEL, NUMBER, Exit, read_record, standing
from interview.practising import hints, practice_copies, record_file
from interview.remembering.cards import KINDS
from interview.remembering.drill import NEW_A_DAY


@click.command("start")
@NUMBER
@click.option("--fresh", is_flag=True, help="A further copy, beside those you have.")
def start_copy(number: int, fresh: bool) -> None:
    """Write your own copy of a question, without its answers, into practice/.

    A copy that is there already is never touched. The clock starts with the first
    cell that you run.
    """
    path, written = practice_copies.start_copy(number, fresh)
    if written:
        study = files.shown(study_notebooks.path_of(number))
        click.echo(
            f"Your copy, the interview without its answers, is {files.shown(path)}; "
            f"the study notebook is {study} (make lab opens both)."
        )
    else:
        click.echo(
            f"Your copy is {files.shown(path)}; it was there already and is as you "
            f"left it. `interview start {number} --fresh` writes a blank one beside it."
        )


@click.command()
@click.argument("number", type=int, required=False)
@click.option("--any", "from_all", is_flag=True, help="Draw from passed ones too.")
@click.option("--seed", type=int, help="Draw from all, the same for a whole class.")
@click.option(
    "--full", is_flag=True, help="The whole interview, to the debrief; or its rest."
)
@click.option(
    "--level",
    type=LEVEL,
    default="onsite",
    show_default=True,
    help="Whose follow-ups --full asks.",
)
def mock(
    number: int | None, from_all: bool, seed: int | None, full: bool, level: str
) -> None:
    """A mock interview: one question, as it's asked, against the clock.

    The clock starts when you press Enter, or with the copy's first cell.

    Without NUMBER, one that you haven't passed yet is drawn.

    With --full all of it: you ask back, code against the clock, take the second round
    and three follow-ups, mark yourself, and get a debrief, also as a page in
    runs/mocks/. It can be paused and left; the same command takes it up again.
    """
    if full:
        _whole_mock(number, level, lambda: _draw(read_record(), from_all, seed))
        return
    record = read_record()
    if number is None:
        number = _draw(record, from_all, seed)
    elif seed is not None or from_all:
        click.echo(f"Nothing is drawn: you named question {number}.\n", err=True)
    question = questions.read(number)
    attempts = record.of(number).attempts
    path = practice_copies.start_blank_copy(
        number, {n for n in attempts if attempts[n].passed}
    )
    click.echo(f"Question {number} · {question.title} ({question.minutes} minutes)\n")
    click.echo(f"{_asked_aloud(question)}\n")
    click.echo(
        f"Say aloud what you would ask back; the answers assumed stand in your copy,\n"
        f"folded, and the tasks:\n\n"
        f"  {files.shown(path)}\n\n"
        f"Open it in JupyterLab (make lab), or check a file of your own:\n\n"
        f"  interview check {number} answer.py\n"
    )
    _start_clock(number, practice_copies.attempt_of(path))


def _whole_mock(number: int | None, level: str, draw: Callable[[], int]) -> None:
    if not sys.stdin.isatty():
        raise Exit(
            "A whole mock asks and waits for your answers: run it in a terminal, or "
            "open practice/mock.ipynb (interview lab)."
        )
    # Imported here so that `interview mock` without --full answers at once.
    from interview.commands import mock_terminal

    mock_terminal.hold_mock(number, level, draw)


def _start_clock(number: int, attempt: int) -> None:
    """Start the clock of a blank copy when its learner says so, and say that it runs.

    The copy's first cell starts it, too. Where nobody can press Enter it starts now.
    """
    try:
        if aside := record_file.reset_clock(number, attempt):
            click.echo(aside, err=True)
        if sys.stdin.isatty():
            input("Enter starts the clock; so does the copy's first cell. ")
        clock, _ = record_file.start_clock(number, attempt)
    except record_file.ProgressError as error:
        click.echo(str(error))
    except (EOFError, KeyboardInterrupt):
        click.echo()
    else:
        click.echo(f"The clock started at {clock.started.astimezone():%H:%M}.")


def _draw(record: record_file.Record, from_all: bool, seed: int | None) -> int:
    numbers = study_notebooks.numbers()
    if seed is not None:
        return random.Random(seed).choice(numbers)
    states = {n: standing(questions.read(n), record).state for n in numbers}
    left = [n for n in numbers if states[n] != "passed"]
    if not left and not from_all:
        click.echo("You have passed them all; this one is drawn from all.\n")
    return random.choice(numbers if from_all or not left else left)


def _asked_aloud(question: questions.Question) -> str:
    """The interviewer's words, and the signatures asked for."""
    paragraphs = [click.wrap_text(question.spoken, width=80)]
    paragraphs += [
        click.wrap_text(part.signature, 80, "  ", "      ")
        for part in question.parts
        if part.asked
    ]
    return "\n".join([paragraphs[0], "", "You write:", *paragraphs[1:]])


@click.command()
@NUMBER
@click.argument("name", metavar="[PART]", required=False)
def hint(number: int, name: str | None) -> None:
    """The next hint for a part of a question; three lead nearly to the code.

    Without PART, the first part that you haven't passed. `interview list` counts
    the hints opened here; those you unfold in a notebook can't be known.
    """
    question = questions.read(number)
    at = standing(question, read_record())
    part = _part(question, name) if name else _first_left(question, at)
    shown = at.hints.get(part.name, 0)
    text, trouble = hints.open_next(number, part, shown)
    click.echo(text)
    if trouble:
        click.echo(trouble, err=True)


def _part(question: questions.Question, name: str) -> questions.Part:
    """A question's part by its name, in upper or lower case."""
    for part in question.parts:
        if part.name.casefold() == name.casefold():
            return part
    names = ", ".join(part.name for part in question.parts)
    raise Exit(f"Question {question.number} has no part {name}; it has {names}.")


def _first_left(
    question: questions.Question, at: record_file.Standing
) -> questions.Part:
    """The first part that hasn't passed; the first of all if there is none."""
    left = [part for part in question.parts if part.name not in at.parts]
    return (left or question.parts)[0]


@click.command("drill")
@click.argument("numbers", type=int, nargs=-1)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0, min_open=True),
    help="No further card after so many minutes.",
)
@click.option(
    "--new",
    default=NEW_A_DAY,
    show_default=True,
    type=click.IntRange(min=0),
    help="Cards a day that you have never seen.",
)
@click.option("--level", type=LEVEL, help="Only cards of this interview.")
@click.option("--kind", type=click.Choice(KINDS), help="Only cards of this kind.")
def drill_cards(
    numbers: tuple[int, ...],
    minutes: float | None,
    new: int,
    level: str | None,
    kind: str | None,
) -> None:
    """Follow-ups, traps and terms, one card at a time, each when it's due.

    Answer aloud, press Enter, compare, and grade yourself. A card that you knew well
    comes back later than one that you didn't; the library fsrs says when. Of all
    questions, or of those named. Each grade is saved at once.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Exit("The drill asks and waits for your answers: run it in a terminal.")
    from interview.commands import terminal
    from interview.remembering import cards
    from interview.remembering.drill import Drill

    read_record()  # says what is wrong with it, if anything is
    drill = Drill(cards.read_all(numbers, level, kind), new=new, minutes=minutes)
    terminal.talk(drill, terminal.console())


@click.command("cards")
@click.argument("numbers", type=int, nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Another folder than runs/cards.",
)
@click.option(
    "--link", default="", metavar="URL", help="Where on the web the notebooks are."
)
def write_cards(numbers: tuple[int, ...], output: Path | None, link: str) -> None:
    """The drill's cards for Anki, as one deck, and as CSV for other programs.

    Import the deck again after an update: cards that have changed are updated and
    keep their history, and nothing is doubled. With --link each card links to its
    notebook.
    """
    from interview.remembering import anki, cards

    found = cards.read_all(numbers)
    for path in anki.write_cards(found, output or folders.HERE.runs / "cards", link):
        click.echo(f"{files.shown(path)}: {len(found)} cards")
