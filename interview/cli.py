"""The command `interview`: practise a question, check it, sum up, run notebooks."""

import os
import random
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from interview import (
    clock,
    files,
    folders,
    hints,
    practice,
    progress,
    questions,
    reading,
)
from interview.drill import NEW_A_DAY

NUMBER = click.argument("number", type=int)
LEVEL = click.Choice(["screen", "onsite", "staff"])
SECONDS = click.option(
    "--seconds",
    default=120,
    show_default=True,
    type=click.IntRange(min=1),
    help="Time limit for a whole check.",
)
GIGABYTES = click.option(
    "--gigabytes",
    default=4.0,
    show_default=True,
    type=click.FloatRange(min=0.5),
    help="Memory limit for a whole check.",
)
# What a shell reports for a program that Ctrl-C has ended.
INTERRUPTED = 130
# How many of the claims that came back `interview status` names.
TRIPS = 3


class Exit(click.ClickException):
    """One clear line and exit code 1."""

    def show(self, file=None) -> None:
        click.echo(self.message, err=True)


class _Commands(click.Group):
    """Every command reports what can't be had in one line."""

    def invoke(self, context: click.Context):
        try:
            return super().invoke(context)
        except (practice.PracticeError, progress.ProgressError) as error:
            raise Exit(str(error)) from None
        except OSError as error:
            if error.filename is None:  # not about a file, as a pipe that was closed
                raise
            place = files.shown(Path(os.fsdecode(error.filename)))
            why = error.strerror
            if isinstance(error, FileExistsError | NotADirectoryError):
                why = "a file is where a folder should be"
            raise Exit(f"{place} can't be used: {why}.") from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Practise Keras coding interviews: ten questions, each with a check.

    \b
    interview lab                  JupyterLab, on a page with the questions
    interview list                 the questions, and where you stand
    interview mock                 one question, as it's asked, and the clock starts
    interview mock --full          the whole interview, to a debrief
    interview start 4              your own copy of question 4, in practice/
    interview check 4 answer.py    is the answer in this file right?
    interview watch 4 answer.py    the same at every save, while you write it
    interview drill                what you have read, asked card by card
    """


def _read_record() -> progress.Record:
    """The record of progress, an empty one where it can't be read, which is said."""
    record, trouble = progress.load()
    if trouble:
        click.echo(trouble, err=True)
    return record


def _notebooks(numbers: tuple[int, ...]) -> list[Path]:
    """The study notebooks of these questions; of all if there are none."""
    return [practice.notebook_path(n) for n in numbers or practice.numbers()]


def _standing(
    question: questions.Question, record: progress.Record
) -> progress.Standing:
    # `interview lab` writes all the copies, so one that is still blank says nothing.
    has_copy = not all(map(practice.is_untouched, practice.copies(question.number)))
    return progress.standing(record, question.number, question.asked, has_copy)


def _state(question: questions.Question, at: progress.Standing) -> str:
    """The state in a word, or how many of the parts passed if some did."""
    done = sum(name in at.parts for name in question.asked)
    partly = at.state == "started" and done
    return f"{done} of {len(question.asked)}" if partly else at.state


def _best(at: progress.Standing) -> str:
    return "" if at.best_seconds is None else _clock_face(at.best_seconds)


def _clock_face(seconds: float) -> str:
    whole = round(seconds)
    hours = f"{whole // 3600}:" if whole >= 3600 else ""
    return f"{hours}{whole % 3600 // 60:02d}:{whole % 60:02d}"


@main.command("list")
def list_questions() -> None:
    """The questions: minutes, state, best time, hints opened, and cards that are due.

    A state "2 of 4" counts the parts that passed. Hints are those that `interview
    hint` has shown, cards those of `interview drill`.
    """
    record = _read_record()
    due = _due(record)
    click.echo(
        f"{'':>2}  {'question':<41}  {'min':>3}  {'state':<7}  {'best':>7}  hints  due"
    )
    for number in practice.numbers():
        question = questions.read(number)
        at = _standing(question, record)
        hints = sum(at.hints.values()) or ""
        row = (
            f"{number:>2}  {_cut(question.title, 41):<41}  {question.minutes:>3}  "
            f"{_state(question, at):<7}  {_best(at):>7}  {hints:>5}  "
            f"{due.get(number) or '':>3}"
        )
        click.echo(row.rstrip())
    if total := sum(due.values()):
        click.echo(f"{_cards(total)} due: `interview drill`.")


def _due(record: progress.Record) -> dict[int, int]:
    """For each question that cards were asked of, how many are due."""
    asked = [n for n in practice.numbers() if record.of(n).cards]
    if not asked:
        return {}
    # Late: whoever hasn't drilled yet waits for none of it.
    from interview import cards, memory

    now = datetime.now(UTC)
    return {
        n: memory.due(memory.known(record, cards.read(n)).values(), now) for n in asked
    }


def _cut(title: str, width: int) -> str:
    return title if len(title) <= width else f"{title[: width - 1]}…"


def _cards(count: int) -> str:
    return f"{count} card{' is' if count == 1 else 's are'}"


@main.command("lab", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[ARGUMENTS]...")
def open_lab(arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on a page with each question and your copy one click away.

    Copies that aren't there are written into practice/; those that are stay as you
    left them. ARGUMENTS go to JupyterLab, as --port=8899 or --no-browser.
    """
    from interview import lab

    lab.write_copies()
    record = _read_record()
    due = _due(record)
    rows = []
    for number in practice.numbers():
        question = questions.read(number)
        at = _standing(question, record)
        cards = due.get(number, 0)
        rows.append(lab.Line(question, _state(question, at), _best(at), cards))
    sys.exit(lab.run(lab.write_page(rows), arguments))


@main.command()
@click.argument("number", type=int, required=False)
def status(number: int | None) -> None:
    """Where you stand with one question, part by part; without NUMBER, with all.

    Of all questions: what has passed, the best time beside the minutes that an
    interview gives, and the share of cards that you are expected to remember now
    (the library fsrs says so; a card that you have never seen counts as forgotten).

    At the end what your checks have said ✗ to more than once, and where it's explained.
    """
    if number is None:
        _status_of_all()
        return
    question = questions.read(number)
    record = _read_record()
    at = _standing(question, record)
    click.echo(f"{number} · {question.title}: {at.state}, {question.minutes} minutes")
    for part in question.parts:
        name = part.name if part.asked else f"{part.name} ({part.kind})"
        if part.name in at.parts:
            seconds = at.parts[part.name]
            mark = "✓"
            says = (
                "passed"
                if seconds is None
                else f"passed after {clock.minutes(seconds)}"
            )
        else:
            mark, says = "·", "not passed yet"
        if shown := at.hints.get(part.name):
            says += f", {shown} of {len(part.hints)} hints opened"
        click.echo(f"  {mark} {name:<40}  {says}")
    if at.started and at.state != "passed":
        gone = datetime.now(UTC) - at.started
        if gone < progress.LONGEST:
            since = clock.minutes(max(0, gone.total_seconds()))
            click.echo(f"The clock has been running for {since}.")
    if at.best_seconds is not None:
        click.echo(f"Your best time is {clock.minutes(at.best_seconds)}.")
    _tell_cards([_ready(question, record)])
    _tell_trips(record, number)
    for path in practice.copies(number):
        latest = at.started and practice.attempt_of(path) == at.attempt
        click.echo(f"  {files.shown(path)}{'  ← the clock' if latest else ''}")


def _ready(question: questions.Question, record: progress.Record):
    from interview import cards, readiness

    found = cards.read(question.number)
    return readiness.of(question, record, found, datetime.now(UTC))


def _status_of_all() -> None:
    record = _read_record()
    found = [_ready(questions.read(n), record) for n in practice.numbers()]
    click.echo(f"{'':>2}  {'question':<32}  answer bug hunt 2nd round  best/min recall")
    for ready in found:
        question = ready.question
        asked = len(question.asked)
        answer = "✓" if ready.is_passed else f"{ready.answer}/{asked}"
        done = [
            {True: "✓", False: "·", None: ""}[ready.tasks.get(kind)]
            for kind in ("bug hunt", "second round")
        ]
        best = ready.best_seconds
        best = f"{_clock_face(best) if best is not None else '–'}/{question.minutes}"
        recall = ready.recalled / ready.cards if ready.cards else 0
        click.echo(
            f"{question.number:>2}  {_cut(question.title, 32):<32}  {answer:^6} "
            f"{done[0]:^8} {done[1]:^9} {best:>9} {recall:>6.0%}"
        )
    counts = [f"{sum(r.is_passed for r in found)} of {len(found)} answers passed"]
    for kind in ("bug hunt", "second round"):
        there = [r.tasks[kind] for r in found if kind in r.tasks]
        counts.append(f"{sum(there)} of {len(there)} {kind}s")
    click.echo(f"{', '.join(counts)}.")
    _tell_cards(found)
    _tell_trips(record)


def _tell_cards(found: list) -> None:
    from interview import readiness

    total, seen, due = (
        sum(getattr(ready, name) for ready in found)
        for name in ("cards", "seen", "due")
    )
    click.echo(
        f"Cards: {seen} of {total} seen, {due} due; expected to be remembered now: "
        f"{readiness.share(found):.0%} of all."
    )


def _tell_trips(record: progress.Record, *numbers: int) -> None:
    """The claims that came back most, and where each is explained."""
    from interview import tripping

    found = [trip for trip in tripping.most(record, *numbers) if trip.came_back]
    if found:
        click.echo("What came back most:")
    for trip in found[:TRIPS]:
        says = f"✗ {trip.part}: {trip.claim}"
        click.echo(click.wrap_text(says, 80, f"{trip.number:>2}  ", " " * 4))
        says = f"{trip.times} checks"
        if trip.attempts > 1:
            says += f" in {trip.attempts} attempts"
        if place := tripping.place(trip.number, trip.part, trip.claim):
            notebook = files.shown(practice.notebook_path(trip.number))
            says += f"; explained under “{place.title}” in {notebook}"
        click.echo(click.wrap_text(says, 80, " " * 4, " " * 4))


@main.command("plan")
@click.option(
    "--on",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of the interview, as 2026-12-01.",
)
@click.option(
    "--minutes",
    default=60,
    show_default=True,
    type=click.IntRange(min=30),
    help="How long you work a day.",
)
def plan_days(on: datetime, minutes: int) -> None:
    """What to do on which day until the interview, from where you stand today.

    The cards that are due; questions that you have never passed; those that took you
    longer than an interview gives, the slowest first; second rounds and bug hunts.
    Ask again tomorrow: the plan follows what you have done.
    """
    from interview import cards, memory, plan

    now = datetime.now(UTC)
    day = on.date()
    if day <= now.astimezone().date():
        raise Exit(f"{day} isn't after today: name the day of your interview.")
    record = _read_record()
    found = [_ready(questions.read(n), record) for n in practice.numbers()]
    known = memory.known(record, cards.read_all())
    days, left, unseen = plan.make(found, known, now, day, minutes)
    # The drill counts a day's new cards from midnight.
    today = [m for m in known.values() if m.first.astimezone().date() == days[0].date]
    for planned in days:
        click.echo(f"{planned.date:%a %d %b}   {round(planned.minutes)} min")
        if planned.due or planned.new:
            new = planned.new + (len(today) if planned is days[0] else 0)
            click.echo(
                f"  interview drill --new {new}: {planned.due} due, {planned.new} new"
            )
        for task in planned.tasks:
            _tell_task(task)
    if days[-1].date < day - timedelta(days=1):
        click.echo("The days after that are planned when they have come nearer.")
    click.echo(f"{day:%a %d %b}   the interview")
    if left or unseen:
        missing = sum(task.minutes for task in left)
        click.echo(
            f"\nNo time is left for {unseen} of the cards and {len(left)} tasks "
            f"({missing} min);\n--minutes plans longer days."
            + (" The first of the tasks:" if left else "")
        )
        for task in left[:3]:
            _tell_task(task)


def _tell_task(task) -> None:
    says = f"{task.says} ({task.minutes} min)"
    click.echo(click.wrap_text(says, 80, "  ", "    "))


@main.command()
@NUMBER
@click.option("--fresh", is_flag=True, help="A further copy, beside those you have.")
def start(number: int, fresh: bool) -> None:
    """Write your own copy of a question, without its answers, into practice/.

    A copy that is there already is never touched. The clock starts with the first
    cell that you run.
    """
    path, written = practice.start(number, fresh)
    if written:
        place = files.shown(path)
        click.echo(f"Your copy is {place}. Open it in JupyterLab (make lab).")
    else:
        click.echo(
            f"Your copy is {files.shown(path)}; it was there already and is as you "
            f"left it. `interview start {number} --fresh` writes a blank one beside it."
        )


@main.command()
@click.argument("number", type=int, required=False)
@click.option("--any", "from_all", is_flag=True, help="Draw from passed ones too.")
@click.option("--seed", type=int, help="Draw from all ten, the same for a whole class.")
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
    """A mock interview: one question, as it's asked, and the clock starts.

    Without NUMBER, one that you haven't passed yet is drawn.

    With --full all of it: you ask back, code against the clock, take the second round
    and three follow-ups, mark yourself, and get a debrief, also as a page in
    runs/mocks/. It can be paused and left; the same command takes it up again.
    """
    if full:
        _whole_mock(number, level, lambda: _draw(_read_record(), from_all, seed))
        return
    record = _read_record()
    if number is None:
        number = _draw(record, from_all, seed)
    elif seed is not None or from_all:
        click.echo(f"Nothing is drawn: you named question {number}.\n", err=True)
    question = questions.read(number)
    attempts = record.of(number).attempts
    path = practice.start_blank(number, {n for n in attempts if attempts[n].passed})
    click.echo(f"Question {number} · {question.title} ({question.minutes} minutes)\n")
    click.echo(f"{_asked_aloud(question)}\n")
    click.echo(
        f"{_started(number, path)} Say aloud what you would ask back; the\n"
        f"answers assumed stand in your copy, and the tasks:\n\n"
        f"  {files.shown(path)}\n\n"
        f"Open it in JupyterLab (make lab), or check a file of your own:\n\n"
        f"  interview check {number} answer.py"
    )


def _whole_mock(number: int | None, level: str, draw: Callable[[], int]) -> None:
    if not sys.stdin.isatty():
        raise Exit(
            "A whole mock asks and waits for your answers: run it in a terminal, or "
            "open practice/mock.ipynb (interview lab)."
        )
    # Late: `interview mock` alone answers at once.
    from interview.mock import command

    command.run(number, level, draw)


def _started(number: int, copy: Path) -> str:
    """Start the clock of a blank copy, and say that it runs, or why it doesn't."""
    attempt = practice.attempt_of(copy)
    try:
        began, aside = progress.start_clock(number, attempt, restart=True)
    except progress.ProgressError as error:
        return f"{error}\n"
    if aside:
        click.echo(aside, err=True)
    return f"The clock started at {began.started.astimezone():%H:%M}."


def _draw(record: progress.Record, from_all: bool, seed: int | None) -> int:
    numbers = practice.numbers()
    if seed is not None:
        return random.Random(seed).choice(numbers)
    states = {n: _standing(questions.read(n), record).state for n in numbers}
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


@main.command()
@NUMBER
@click.argument("name", metavar="[PART]", required=False)
def hint(number: int, name: str | None) -> None:
    """The next hint for a part of a question; three lead nearly to the code.

    Without PART, the first part that you haven't passed. `interview list` counts
    the hints opened here; those you unfold in a notebook can't be known.
    """
    question = questions.read(number)
    at = _standing(question, _read_record())
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


def _first_left(question: questions.Question, at: progress.Standing) -> questions.Part:
    """The first part that hasn't passed; the first of all if there is none."""
    left = [part for part in question.parts if part.name not in at.parts]
    return (left or question.parts)[0]


@main.command()
@NUMBER
@click.argument(
    "file",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@SECONDS
@GIGABYTES
@click.option("--traceback", is_flag=True, help="Show the traceback of an error.")
def check(
    number: int, file: Path | None, seconds: int, gigabytes: float, traceback: bool
) -> None:
    """Check the answer in FILE, a .py or a notebook; your latest copy if left out.

    A .py runs whole. Of a notebook runs what defines the names that are checked, in
    the answer cells or in cells of your own, and what these use: imports, parameters,
    constants, functions. All other cells stay out, so they may hold anything.

    That happens in a process of its own, on a copy of the file in an empty folder; it
    is ended when it goes over a limit. What it prints is marked with |.

    The exit code is 0 if everything that the question asks for is right. Its bug
    hunt, its second round and its extras are checked where they are written, and
    don't count.
    """
    from interview import judge, summary

    question = questions.read(number)
    if file is None:
        file = _latest_copy(number)
    _refuse_others(question, file)
    verdict = judge.judge(
        number,
        file,
        click.echo,
        seconds=seconds,
        gigabytes=gigabytes,
        with_traceback=traceback,
    )
    if verdict.passed or verdict.failed or verdict.unwritten:
        lines, trouble = summary.sum_up(question, file, verdict)
        click.echo("\n".join(lines))
        if trouble:
            click.echo(trouble, err=True)
    if verdict.trouble:
        raise Exit(f"✗ {verdict.trouble}")
    sys.exit(0 if set(question.asked) <= set(verdict.passed) else 1)


@main.command("watch")
@NUMBER
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@SECONDS
@GIGABYTES
def watch_file(number: int, file: Path | None, seconds: int, gigabytes: float) -> None:
    """Check the answer in FILE at every save; in your latest copy if left out.

    Open the file in an editor beside this terminal. Each save is checked as by
    `interview check`, with the same limits, and recorded; a process that has
    TensorFlow ready waits for it. A file that isn't Python yet is no try.

    Keys: h next hint, r check again, w traceback of the error, s second round once
    the question is passed, n another question, q quit.
    """
    from interview import judge, watching

    if file:
        _refuse_others(questions.read(number), file)
    watching.run(number, file, judge.Limits(seconds, gigabytes))


def _latest_copy(number: int) -> Path:
    """The copy that is checked if none is named; says which, and where answers are."""
    copies = practice.copies(number)
    if not copies:
        raise Exit(
            f"There is no practice copy of question {number} yet: "
            f"`interview start {number}` writes one, or name a file to check."
        )
    latest = copies[-1]
    begun = practice.is_begun(latest)
    click.echo(f"Checking {files.shown(latest)}{'' if begun else ', which is blank'}.")
    has = "has answers too" if begun else "has answers"
    for other in filter(practice.is_begun, copies[:-1]):
        place = files.shown(other)
        click.echo(f"{place} {has}: `interview check {number} {place}`.")
    return latest


def _refuse_others(question: questions.Question, file: Path) -> None:
    """Only Python and notebooks, and no copy of another question without our names."""
    if file.suffix not in (".py", ".ipynb"):
        raise Exit(f"{file} is neither a .py file nor a notebook.")
    if file.suffix == ".py":
        return
    try:
        notebook = reading.read(file)
    except (reading.NotANotebook, OSError):
        return  # the judge says what is wrong with it
    other = questions.number_of(notebook)
    text = "\n".join(cell.source for cell in notebook.cells)
    if other not in (None, question.number) and not any(
        re.search(rf"^(def|class) {part.name}\b", text, re.MULTILINE)
        for part in question.parts
    ):
        place = files.shown(file)
        raise Exit(
            f"{place} is question {other}'s copy: `interview check {other} {place}`."
        )


@main.command()
@NUMBER
def answer(number: int) -> None:
    """The whole program of a question's study notebook, to read or to run.

    It stands alone, from the imports to the evaluation:
    `interview answer 4 > program.py`.
    """
    click.echo(questions.program(number), nl=False)


@main.command("drill")
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
@click.option("--level", type=LEVEL, help="Only these.")
def drill_cards(
    numbers: tuple[int, ...], minutes: float | None, new: int, level: str | None
) -> None:
    """Follow-ups, traps and terms, one card at a time, each when it's due.

    Answer aloud, press Enter, compare, and grade yourself. A card that you knew well
    comes back later than one that you didn't; the library fsrs says when. Of all
    questions, or of those named. What you graded is saved at once.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Exit("The drill asks and waits for your answers: run it in a terminal.")
    from interview import cards, drill, terminal

    _read_record()  # says what is wrong with it, if anything is
    asked = [c for c in cards.read_all(numbers) if level in (None, c.level)]
    sitting = drill.Drill(asked, new=new, minutes=minutes)
    terminal.run(sitting, terminal.console())


@main.command("cards")
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
    from interview import anki, cards

    found = cards.read_all(numbers)
    for path in anki.write(found, output or folders.HERE.runs / "cards", link):
        click.echo(f"{files.shown(path)}: {len(found)} cards")


@main.command("sheet")
@click.argument("numbers", type=int, nargs=-1)
def write_sheets(numbers: tuple[int, ...]) -> None:
    """One printable page per question: signatures, traps, follow-ups, no answers."""
    from interview.render import sheet

    for path in _notebooks(numbers):
        target = folders.HERE.runs / "sheets" / f"{path.stem}.html"
        sheet.write(reading.read(path), target)
        click.echo(files.shown(target))


@main.command("slides")
@click.argument("numbers", type=int, nargs=-1)
def write_slides(numbers: tuple[int, ...]) -> None:
    """A talk per question (all, or those named): one HTML file, with speaker notes.

    The file needs no network. The libraries in it come from npm; without npm the deck
    loads them from the web when it's opened.
    """
    import nbformat

    from interview.render import slides
    from interview.render.libraries import Libraries

    paths, libraries = _notebooks(numbers), Libraries(folders.HERE.libraries)
    if why := libraries.trouble:
        click.echo(f"{why}; these decks load them from the web when shown.", err=True)
    for path in paths:
        target = folders.HERE.runs / "slides" / f"{path.stem}.html"
        slides.write(nbformat.read(path, as_version=4), target, libraries)
        click.echo(files.shown(target))


@main.command("site")
def write_site() -> None:
    """The website: study pages, slides, sheets, copies, guides, into runs/site/.

    It needs no network to read. The libraries in it come from npm; without npm, math
    and slides load them from the web when they're opened.
    """
    from interview.render import site
    from interview.render.libraries import Libraries

    libraries = Libraries(folders.HERE.libraries)
    if why := libraries.trouble:
        click.echo(f"{why}; math and slides load from the web when shown.", err=True)
    target = folders.HERE.runs / "site"
    try:
        complaints = site.write(target, libraries)
    except site.SiteError as error:
        raise Exit(f"Sphinx couldn't make the site:\n{error}") from None
    for line in complaints:
        click.echo(line, err=True)
    click.echo(files.shown(target / "index.html"))


@main.command("class")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A new file for the first table, the second beside it as FILE-claims.",
)
@click.option(
    "--html",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A new file for a web page with both, which needs no network.",
)
@click.option(
    "--anonymous", is_flag=True, help="learner 1, learner 2, … in place of names."
)
def sum_up_class(
    folder: Path, output: Path | None, html: Path | None, anonymous: bool
) -> None:
    """Sum up a FOLDER of practice copies or progress files; runs none of them.

    Two tables, as CSV: what has passed, by learner and part; and which claims failed
    for which learners, those that most of them met first. They are printed if no FILE
    is named.

    A learner is the first folder below FOLDER, or what the file's name says beside the
    question's. A copy counts for what its checks showed when it was saved. Whoever
    handed in has a row: the column "note" says what can't be read.
    """
    from interview import classroom, stumbles

    handed = classroom.sum_up(folder)
    for line in handed.skipped:
        click.echo(line, err=True)
    if not handed.results:
        click.echo(f"No practice copy and no record is in {folder}.", err=True)
    if anonymous:
        handed = handed.anonymous()
    rows, learners = stumbles.table(handed.met), handed.learners
    tables = [classroom.csv_of(handed.results)]
    if rows:
        tables.append(stumbles.csv_of(rows, learners))
    pages = []
    if output:
        pages.append((output, tables[0], f"{len(handed.results)} rows"))
    if output and rows:
        beside = output.with_stem(f"{output.stem}-claims")
        pages.append((beside, tables[1], f"{len(rows)} claims"))
    if html:
        from interview.render import class_page

        page = class_page.render(handed, rows, datetime.now().date())
        pages.append((html, page, f"{len(rows)} claims"))
    if not pages:
        click.echo("\n".join(tables), nl=False)
    for path, _, _ in pages:
        _refuse_to_overwrite(path)
    for path, text, holds in pages:
        try:
            files.create(path, text)
        except FileExistsError:
            _refuse_to_overwrite(path)
            raise  # it's a folder above it that is a file
        click.echo(f"{files.shown(path)}: {holds}, {len(learners)} learners")


def _refuse_to_overwrite(path: Path) -> None:
    if path.exists():
        raise Exit(f"{path} is there already; name a new file.")


@main.command("export-nbgrader")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.argument("numbers", type=int, nargs=-1)
@click.option("--hints", is_flag=True, help="With the hints, which lead to the code.")
def export_nbgrader(folder: Path, numbers: tuple[int, ...], hints: bool) -> None:
    """Write the questions as an nbgrader course into FOLDER: all, or those named.

    Each name that a question checks gives one point, its bug hunt's too.
    """
    from interview import course

    try:
        written = course.export_nbgrader(
            folder, list(numbers) or practice.numbers(), with_hints=hints
        )
    except course.ExportError as error:
        raise Exit(str(error)) from None
    for path in written:
        click.echo(files.shown(path))


@main.command()
@click.argument("numbers", type=int, nargs=-1)
@click.option("--reduced", is_flag=True, help="With the tests' short settings.")
@click.option(
    "-p",
    "parameters",
    nargs=2,
    multiple=True,
    metavar="NAME VALUE",
    help="Another value for a notebook's parameter, as -p EPOCHS 3.",
)
def run(numbers: tuple[int, ...], reduced: bool, parameters) -> None:
    """Execute notebooks (all, or the questions named) into runs/, with web pages.

    The pages in runs/pages/ show every copy there is in runs/, and need no network.
    """
    import nbformat
    import yaml

    from interview import running

    paths = _notebooks(numbers)
    try:
        values = {name: yaml.safe_load(value) for name, value in parameters}
        settings = []
        for path in paths:
            notebook = nbformat.read(path, as_version=4)
            short = running.reduced_parameters(notebook) if reduced else {}
            checked = running.checked_parameters(notebook, values, path.stem)
            settings.append({**short, **checked})
    except (running.RunError, yaml.YAMLError) as error:
        raise Exit(str(error)) from None
    failed = False
    for path, setting in zip(paths, settings, strict=True):
        target = folders.HERE.runs / path.name
        click.echo(f"{path.stem} {setting or ''}".rstrip())
        try:
            results = running.run(path, setting, target)
        except running.RunError as error:
            failed = True
            click.echo(f"✗ {error}", err=True)
            continue
        except KeyboardInterrupt:
            was = "is as it was" if target.exists() else "isn't written"
            click.echo(f"\nInterrupted: {files.shown(target)} {was}.", err=True)
            sys.exit(INTERRUPTED)
        for name, value in results.items():
            click.echo(f"  {name:<36} {value:,.4g}")
        click.echo(f"  → {files.shown(target)}")
    _write_pages()
    if failed:
        sys.exit(1)


def _write_pages() -> None:
    """Web pages of all the executed copies; say where they are."""
    import nbformat

    from interview.render import site
    from interview.render.libraries import Libraries

    copies = sorted(folders.HERE.runs.glob("*.ipynb"))
    notebooks = {path.stem: nbformat.read(path, as_version=4) for path in copies}
    target = folders.HERE.runs / "pages"
    libraries = Libraries(folders.HERE.libraries)
    try:
        complaints = site.write_pages(notebooks, target, libraries)
    except site.SiteError as error:
        raise Exit(f"Sphinx couldn't make the pages:\n{error}") from None
    for line in complaints:
        click.echo(line, err=True)
    click.echo(f"Pages to read: {files.shown(target / 'index.html')}")


@main.command()
@click.argument("numbers", type=int, nargs=-1)
def render(numbers: tuple[int, ...]) -> None:
    """For authors: re-execute the committed notebooks in place, at full settings."""
    from interview import running

    for path in _notebooks(numbers):
        try:
            results = running.render(path)
        except running.RunError as error:
            raise Exit(str(error)) from None
        for name, value in results.items():
            click.echo(f"  {name:<36} {value:,.4g}")


if __name__ == "__main__":
    main()
