"""Commands that say where you stand, and what comes next: list, status, plan, lab."""

import sys
from datetime import UTC, datetime, timedelta

import click

from interview import files, questions, study_notebooks
from interview.commands.common import Exit, read_record, standing
from interview.practising import clock, practice_copies, record_file

# How many of the claims that came back `interview status` names.
TRIPS = 3


@click.command("list")
def list_questions() -> None:
    """The questions: minutes, state, best time, hints opened, and cards that are due.

    A state "2 of 4" counts the parts that passed. Hints are those that `interview
    hint` has shown, cards those of `interview drill`.
    """
    record = read_record()
    due = _due(record)
    click.echo(
        f"{'':>2}  {'question':<41}  {'min':>3}  {'state':<7}  {'best':>7}  hints  due"
    )
    for number in study_notebooks.numbers():
        question = questions.read(number)
        at = standing(question, record)
        hints = sum(at.hints.values()) or ""
        row = (
            f"{number:>2}  {_cut(question.title, 41):<41}  {question.minutes:>3}  "
            f"{_state(question, at):<7}  {_best(at):>7}  {hints:>5}  "
            f"{due.get(number) or '':>3}"
        )
        click.echo(row.rstrip())
    if total := sum(due.values()):
        click.echo(f"{_cards(total)} due: `interview drill`.")


def _state(question: questions.Question, at: record_file.Standing) -> str:
    """The state in a word, or how many of the parts passed if some did."""
    done = sum(name in at.parts for name in question.asked)
    partly = at.state == "started" and done
    return f"{done} of {len(question.asked)}" if partly else at.state


def _best(at: record_file.Standing) -> str:
    return "" if at.best_seconds is None else _clock_face(at.best_seconds)


def _clock_face(seconds: float) -> str:
    whole = round(seconds)
    hours = f"{whole // 3600}:" if whole >= 3600 else ""
    return f"{hours}{whole % 3600 // 60:02d}:{whole % 60:02d}"


def _due(record: record_file.Record) -> dict[int, int]:
    """For each question that cards were asked of, how many are due."""
    asked = [n for n in study_notebooks.numbers() if record.of(n).cards]
    if not asked:
        return {}
    # Imported here because a learner without cards doesn't need it.
    from interview.remembering import cards, spacing

    now = datetime.now(UTC)
    return {
        n: spacing.due(spacing.known(record, cards.read(n)).values(), now)
        for n in asked
    }


def _cut(title: str, width: int) -> str:
    return title if len(title) <= width else f"{title[: width - 1]}…"


def _cards(count: int) -> str:
    return f"{count} card{' is' if count == 1 else 's are'}"


@click.command("lab", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[ARGUMENTS]...")
def open_lab(arguments: tuple[str, ...]) -> None:
    """Open JupyterLab on a page with each question and your copy one click away.

    Copies that aren't there are written into practice/; those that are stay as you
    left them. ARGUMENTS go to JupyterLab, as --port=8899 or --no-browser.
    """
    from interview.publishing import lab

    lab.write_copies()
    record = read_record()
    due = _due(record)
    rows = []
    for number in study_notebooks.numbers():
        question = questions.read(number)
        at = standing(question, record)
        cards = due.get(number, 0)
        rows.append(lab.Line(question, _state(question, at), _best(at), cards))
    sys.exit(lab.run_jupyterlab(lab.write_page(rows), arguments))


@click.command()
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
    record = read_record()
    at = standing(question, record)
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
        if gone < record_file.LONGEST:
            since = clock.minutes(max(0, gone.total_seconds()))
            click.echo(f"The clock has been running for {since}.")
    if at.best_seconds is not None:
        click.echo(f"Your best time is {clock.minutes(at.best_seconds)}.")
    _tell_cards([_ready(question, record)])
    _tell_trips(record, number)
    for path in practice_copies.copies(number):
        latest = at.started and practice_copies.attempt_of(path) == at.attempt
        click.echo(f"  {files.shown(path)}{'  ← the clock' if latest else ''}")


def _ready(question: questions.Question, record: record_file.Record):
    from interview.remembering import cards, readiness

    found = cards.read(question.number)
    return readiness.of(question, record, found, datetime.now(UTC))


def _status_of_all() -> None:
    record = read_record()
    found = [_ready(questions.read(n), record) for n in study_notebooks.numbers()]
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
    from interview.remembering import readiness

    total, seen, due = (
        sum(getattr(ready, name) for ready in found)
        for name in ("cards", "seen", "due")
    )
    click.echo(
        f"Cards: {seen} of {total} seen, {due} due; expected to be remembered now: "
        f"{readiness.share(found):.0%} of all."
    )


def _tell_trips(record: record_file.Record, *numbers: int) -> None:
    """The claims that came back most, and where each is explained."""
    from interview.practising import weak_spots

    found = [trip for trip in weak_spots.most(record, *numbers) if trip.came_back]
    if found:
        click.echo("What came back most:")
    for trip in found[:TRIPS]:
        says = f"✗ {trip.part}: {trip.says}"
        click.echo(click.wrap_text(says, 80, f"{trip.number:>2}  ", " " * 4))
        says = f"{trip.times} checks"
        if trip.attempts > 1:
            says += f" in {trip.attempts} attempts"
        if place := weak_spots.place(trip.number, trip.part, trip.claim):
            notebook = files.shown(study_notebooks.path_of(trip.number))
            says += f"; explained under “{place.title}” in {notebook}"
        click.echo(click.wrap_text(says, 80, " " * 4, " " * 4))


@click.command("plan")
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

    Question by question, those that interviews ask most first: read the notebook,
    then write the answer against the clock; later second rounds and bug hunts. Each
    day has time for cards, the day before last a whole mock, and the last evening the
    sheet with all answers. A notebook counts as read once you have an attempt at its
    question. Ask again tomorrow: the plan follows what you have done.
    """
    from interview.remembering import cards, plan, spacing

    now = datetime.now(UTC)
    day = on.date()
    if day <= now.astimezone().date():
        raise Exit(f"{day} isn't after today: name the day of your interview.")
    record = read_record()
    found = [_ready(questions.read(n), record) for n in study_notebooks.numbers()]
    known = spacing.known(record, cards.read_all())
    days, left, unseen = plan.make_plan(found, known, now, day, minutes)
    # The drill counts a day's new cards from midnight.
    today = [m for m in known.values() if m.first.astimezone().date() == days[0].date]
    for planned in days:
        click.echo(f"{planned.date:%a %d %b}   {round(planned.minutes)} min")
        for task in planned.tasks:
            _tell_task(task)
        if planned.due or planned.new:
            new = planned.new + (len(today) if planned is days[0] else 0)
            click.echo(
                f"  interview drill --new {new}: {planned.due} due, {planned.new} new"
            )
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
