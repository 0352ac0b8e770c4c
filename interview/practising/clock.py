"""The learner's clock in a practice copy: it starts with the first cell."""

import contextlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from interview import folders, questions, study_notebooks
from interview.checks import claims
from interview.practising import copied_answer, practice_copies, record_file

# The type of the output that says for programs what passed: `interview class` reads it
# in a copy that was handed in.
BUNDLE = "application/vnd.keras-interview.passed+json"

_running: tuple[int, int] | None = None


def start(number: int, attempt: int = 1) -> None:
    """Start the clock of a question; from now on checks record what passes.

    A clock that is running goes on: restarting the kernel doesn't give time back.

    Args:
        number: the question.
        attempt: which practice copy this is.

    Raises:
        NotebookError: there is no such question.
    """
    global _running
    question = questions.read(number)
    _running = number, attempt
    if _note not in claims.observers:
        claims.observers.append(_note)
    _, lines = start_and_say(question, attempt)
    print("\n".join(lines))


def start_and_say(
    question: questions.Question, attempt: int
) -> tuple[datetime | None, list[str]]:
    """Start the clock of a question, or go on with it.

    Returns:
        Since when it runs, None if it can't be kept; and lines that say so.
    """
    try:
        clock, aside = record_file.start_clock(question.number, attempt)
    except record_file.ProgressError as error:
        return None, [f"The clock can't be kept: {error}"]
    runs = "has been running since" if clock.resumed else "starts at"
    at = f"{clock.started.astimezone():%H:%M}"
    line = f"The clock {runs} {at}. You have {question.minutes} minutes."
    return clock.started, [aside, line] if aside else [line]


def minutes(seconds: float) -> str:
    """A time as people say it: "45 s", "12 min 30 s", "1 h 05 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def attempt_for(number: int, file: Path) -> int | None:
    """The attempt that a file counts for; None for a study notebook."""
    folder = file.resolve().parent
    if folder == folders.HERE.notebooks.resolve():
        return None
    own = folder == folders.HERE.practice.resolve()
    attempt = practice_copies.attempt_of(file) if own else None
    return attempt or record_file.latest_attempt(record_file.load()[0], number)


def record_checked_file(
    number: int, file: Path, names: list[str], claims: Mapping[str, str]
) -> tuple[str, str]:
    """Record what came of a file that was checked from outside.

    A practice copy counts for its own attempt, any other file for the latest one. A
    study notebook holds the collection's answer, not the learner's: it isn't recorded,
    nor is a file that holds the same.

    Args:
        number: the question.
        file: that was checked.
        names: the parts that passed.
        claims: for parts that failed, the id of the claim that doesn't hold.

    Returns:
        What to add to the verdict on the whole file, the time on the clock; and a line
        to show if something wasn't recorded. Either may be empty.
    """
    attempt = attempt_for(number, file)
    if attempt is None:
        return "", "Nothing is recorded: this is the study notebook's own answer."
    asked, trouble = questions.read(number).asked, ""
    if set(asked) <= set(names) and copied_answer.is_copied(number, file, asked):
        names = [name for name in names if name not in asked]
        trouble = (
            f"No pass is recorded: what question {number} asks for is the study "
            f"notebook's own answer here."
        )
    try:
        if claims:
            record_file.record_failures(number, attempt, claims)
        passes = [record_file.record_pass(number, attempt, name) for name in names]
    except record_file.ProgressError as error:
        return "", str(error)
    if trouble:
        return "", trouble
    # A part that passed before says nothing about the time of this check.
    now = [p.seconds for p in passes if p.first and p.seconds is not None]
    before = [p.seconds for p in passes if p.seconds is not None]
    if now:
        return f", {minutes(max(now))} on the clock", ""
    if before:
        return f", first after {minutes(max(before))}", ""
    if any(p.first and name in asked for p, name in zip(passes, names, strict=True)):
        return f"; no clock ran (`interview mock {number}` starts one)", ""
    return "", ""


def _note(outcome: claims.Outcome) -> None:
    """Record what came of a part: a pass is shown, too, and its place in the whole."""
    number, attempt = _running
    if outcome.question != number:  # another question's check, in the same kernel
        return
    if outcome.failure is None:
        _note_pass(number, attempt, outcome.name)
    elif claim := outcome.failure.claim:
        # The check's message follows; a line about the record would distract from it.
        with contextlib.suppress(record_file.ProgressError):
            record_file.record_failures(number, attempt, {outcome.name: claim})


def _note_pass(number: int, attempt: int, name: str) -> None:
    """Show and record that a part passed; what can't be recorded is said."""
    try:
        question = questions.read(number)
        passed = record_file.record_pass(number, attempt, name)
        parts = record_file.load()[0].of(number).attempts[attempt].passed
    except (record_file.ProgressError, study_notebooks.NotebookError) as error:
        claims.tell(f"✓ {name} passed. It couldn't be recorded: {error}")
        return
    done = sum(asked in parts for asked in question.asked)
    total = len(question.asked)
    how_far = (
        f"question {number} is passed."
        if done == total
        else f"{done} of {total} parts of question {number}."
    )
    _show(
        f"✓ {name} passed{_after(passed)}; {how_far}",
        {"question": number, "name": name, "seconds": passed.seconds},
    )


def _after(passed: record_file.Passed) -> str:
    if passed.seconds is None:
        return ""
    time = minutes(passed.seconds)
    return f" after {time}" if passed.first else f" again (first after {time})"


def _show(line: str, bundle: dict) -> None:
    """A line for people; in a notebook with the same for programs beside it."""
    # Imported here because IPython is slow, and the command needs only `minutes`.
    from IPython import get_ipython
    from IPython.display import display

    if get_ipython() is None:
        claims.tell(line)
    else:
        display({BUNDLE: bundle, "text/plain": line}, raw=True)
