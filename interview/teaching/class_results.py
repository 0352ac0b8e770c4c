"""For teachers: sum up a folder of learners' work.

Nothing here executes what a learner wrote. A practice copy is read for the outputs of
its checks, a record of progress for what it holds. A learner could forge both.
"""

import math
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from interview import notebook_json, questions, study_notebooks
from interview.notebook_json import Node
from interview.practising import clock, practice_copies, record_file
from interview.teaching import class_failures, csv_tables
from interview.teaching.class_failures import FailedClaim

COLUMNS = ("learner", "question", "part", "passed", "minutes", "note")
_NAME = re.compile(r"progress|practice|\(\d+\)|\.json|\.ipynb|\.py", re.IGNORECASE)
# Seconds. A longer time in a copy was made up: it would be eleven days.
_LONGEST = 10**6
_UNREADABLE = "a file can't be read"
_UNCHECKED = "no check was run in this copy"
_PYTHON = "a Python file: run `interview check N FILE`"
_TICK = re.compile(r"^✓ (\w+): ", re.MULTILINE)


class NotLearnersWork(ValueError):
    """A file that is neither a practice copy nor a record; the message says why."""


@dataclass(frozen=True)
class PartResult:
    """One part of one question for one learner, or a `note` why nothing is known.

    Attributes:
        learner: the name of a folder or a file.
        question: None in a note on a file that doesn't say which it is about.
        part: empty in a note.
        seconds: on the clock; None if not known.
    """

    learner: str
    question: int | None
    part: str = ""
    passed: bool = False
    seconds: float | None = None
    note: str = ""


@dataclass(frozen=True)
class HandedIn:
    """What a class has handed in.

    Attributes:
        results: one for each part of each question that a learner has begun, and a
            note for each file without results, so that no learner is missing; sorted.
        failed: the claims that failed for each learner.
        skipped: a line for each file that was skipped.
    """

    results: list[PartResult]
    failed: list[FailedClaim]
    skipped: list[str]

    @property
    def learners(self) -> list[str]:
        """All who handed in, in the order of the results."""
        return list(dict.fromkeys(result.learner for result in self.results))

    def anonymous(self) -> "HandedIn":
        """The same with "learner 1", "learner 2" and so on in place of names.

        The numbers are drawn anew each time. In alphabetical order they would tell the
        names to anybody who has a list of the class. Notes lose the names of files.
        """
        learners = self.learners
        random.SystemRandom().shuffle(learners)
        numbers = {learner: n for n, learner in enumerate(learners, start=1)}
        results = {}
        for result in sorted(self.results, key=lambda r: numbers[r.learner]):
            is_nameless = result.note in ("", _UNCHECKED, _PYTHON)
            note = result.note if is_nameless else _UNREADABLE
            learner = f"learner {numbers[result.learner]}"
            results[replace(result, learner=learner, note=note)] = None
        failed = [
            replace(claim, learner=f"learner {numbers[claim.learner]}")
            for claim in self.failed
        ]
        return HandedIn(list(results), failed, self.skipped)


def read_class(folder: Path) -> HandedIn:
    """Read all practice copies and records of progress below a folder.

    A learner's name is that of the first folder below `folder`. For a file outside such
    a folder it's the file's name without the question's:
    `ada_04_custom_training_loop.ipynb`, `ada.json`.
    """
    best: dict[tuple[str, int | None, str, str], PartResult] = {}
    claims: list[FailedClaim] = []
    skipped = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        # These files are nobody's work; a learner who hands in the whole practice
        # folder hands them in, too.
        if path.name in (practice_copies.START_PAGE, *practice_copies.BOARDS):
            continue
        learner = _learner(inside)
        try:
            found, failed = _read(path, learner)
            claims += failed
        except NotLearnersWork as error:
            skipped.append(f"{inside} is skipped: {error}.")
            if path.suffix not in (".ipynb", ".json") and len(inside.parts) == 1:
                continue
            note = f"{path.name}: {error}"
            found = [PartResult(learner, _question_of_name(path), note=note)]
        for result in found:
            key = result.learner, result.question, result.part, result.note
            best[key] = min(best.get(key, result), result, key=_rank)
    known = {(r.learner, r.question) for r in best.values() if not r.note}
    # A copy that was checked from the terminal has its results in the record.
    results = [
        result
        for result in best.values()
        if result.note != _UNCHECKED or (result.learner, result.question) not in known
    ]
    # The parts of a question stay in their order, behind the notes.
    results.sort(
        key=lambda r: (r.learner.casefold(), r.question or 0, not r.note, r.note)
    )
    return HandedIn(results, claims, skipped)


def _rank(result: PartResult) -> tuple[bool, float]:
    """Of two results for a part a passed one is better, then the shorter time."""
    return not result.passed, math.inf if result.seconds is None else result.seconds


def results_csv(results: list[PartResult]) -> str:
    """One line a result, as a spreadsheet reads it; minutes with one decimal."""
    rows = [
        (
            result.learner,
            result.question or csv_tables.NOTHING,
            result.part or csv_tables.NOTHING,
            csv_tables.NOTHING if result.note else "yes" if result.passed else "no",
            "" if result.seconds is None else f"{result.seconds / 60:.1f}",
            result.note,
        )
        for result in results
    ]
    return csv_tables.csv_text(COLUMNS, rows)


def _learner(inside: Path) -> str:
    if len(inside.parts) > 1:
        return inside.parts[0]
    name = inside.name
    for number in study_notebooks.numbers():
        name = name.replace(study_notebooks.path_of(number).stem, "")
    return _NAME.sub("", name).strip(" _-.") or inside.stem


def _question_of_name(path: Path) -> int | None:
    """The question whose notebook's name is in a file's name."""
    for number in study_notebooks.numbers():
        if study_notebooks.path_of(number).stem in path.name:
            return number
    return None


def _read(path: Path, learner: str) -> tuple[list[PartResult], list[FailedClaim]]:
    """What a file tells: results, and claims that failed."""
    if path.suffix == ".py":
        return [PartResult(learner, None, note=_PYTHON)], []
    if path.suffix not in (".ipynb", ".json"):
        raise NotLearnersWork("it's neither a notebook nor a record of progress")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotLearnersWork(f"it can't be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise NotLearnersWork("it isn't text") from None
    if path.suffix == ".json":
        return _read_record(text, learner)
    return _read_copy(text, learner, _question_of_name(path))


def _read_record(text: str, learner: str) -> tuple[list[PartResult], list[FailedClaim]]:
    try:
        record = record_file.parse(text)
    except record_file.NotARecord as error:
        raise NotLearnersWork(f"it isn't a record of progress: {error}") from None
    known = study_notebooks.numbers()
    for number in record.questions:
        if number not in known:
            raise NotLearnersWork(f"there is no question {number}")
    results = []
    for number, question in record.questions.items():
        for attempt in question.attempts.values():
            passed = {name: part.seconds for name, part in attempt.passed.items()}
            results += _results(learner, number, passed)
    if not results:
        raise NotLearnersWork("no question has been begun in it")
    return results, class_failures.of_record(record, learner)


def _results(
    learner: str, number: int, passed: Mapping[str, float | None]
) -> list[PartResult]:
    """A result for each part of a question; those that passed with their seconds."""
    names = [part.name for part in questions.read(number).parts]
    return [PartResult(learner, number, n, n in passed, passed.get(n)) for n in names]


def _read_copy(
    text: str, learner: str, named: int | None
) -> tuple[list[PartResult], list[FailedClaim]]:
    """What a practice copy tells; the copy or the file's name says of which question.

    A cell whose check ended in an error has passed what the clock says before it.
    """
    try:
        notebook = notebook_json.parse(text)
    except notebook_json.NotANotebook as error:
        raise NotLearnersWork(f"it isn't a notebook: {error}") from None
    number = questions.number_of(notebook) or named
    if number is None:
        raise NotLearnersWork("it isn't a copy of one of the questions")
    passed: dict[str, float | None] = {}
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        timed = _timed(outputs, number)
        ticks = [name for output in outputs for name in _TICK.findall(_text(output))]
        if any(output.get("output_type") == "error" for output in outputs):
            ticks = []
        for name, seconds in {**dict.fromkeys(ticks), **timed}.items():
            # The first check that passed counts, as in the record.
            if passed.get(name) is None:
                passed[name] = seconds
    failed = class_failures.of_copy(notebook, number, learner)
    if not passed and not any(
        cell.get("outputs") and notebook_json.checked_names(cell)
        for cell in notebook.cells
    ):
        return [PartResult(learner, number, note=_UNCHECKED)], failed
    return _results(learner, number, passed), failed


def _timed(outputs: list[Node], number: int) -> dict[str, float | None]:
    """The names that the clock has seen pass, with their seconds if known."""
    found = {}
    for output in outputs:
        bundle = output.data.get(clock.BUNDLE)
        if not isinstance(bundle, dict) or bundle.get("question") != number:
            continue
        name, seconds = bundle.get("name"), bundle.get("seconds")
        is_time = isinstance(seconds, int | float) and 0 <= seconds < _LONGEST
        if isinstance(name, str):
            found[name] = seconds if is_time else None
    return found


def _text(output: Node) -> str:
    """What an output shows: the lines of a check are HTML with plain text beside it."""
    text = output.text or output.data.get("text/plain", "")
    return "".join(text) if isinstance(text, list) else str(text)
