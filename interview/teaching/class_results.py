"""For teachers: sum up a folder of learners' work.

Nothing here executes what a learner wrote. A practice copy is read for the outputs of
its checks, a record of progress for what it holds. A learner could forge both.
"""

import random
import re
from dataclasses import dataclass, replace
from pathlib import Path

from interview import notebook_json, questions, study_notebooks
from interview.notebook_json import Node
from interview.practising import clock, practice_copies, record_file
from interview.teaching import class_failures, csv_tables
from interview.teaching.class_failures import FailedClaim

LARGEST_FILE = 50_000_000
COLUMNS = ("learner", "question", "part", "passed", "minutes", "note")
_NAME = re.compile(r"progress|practice|\(\d+\)|\.json|\.ipynb", re.IGNORECASE)
# Seconds. A longer time in a copy was made up: it would be eleven days.
_LONGEST = 10**6
_UNREADABLE = "a file can't be read"
_UNCHECKED = "no check was run in this copy"
_PYTHON = "a Python file: run `interview check {} FILE`"
# Notes that name no file.
_NAMELESS = (_UNCHECKED, _PYTHON.partition(":")[0])
# A question's number in the name of a file, as in `ada_07.py`.
_NUMBER = re.compile(r"(?<!\d)\d\d?(?!\d)")


class NotLearnersWork(ValueError):
    """A file that is neither a practice copy nor a record; the message says why."""


@dataclass(frozen=True)
class PartResult:
    """One part of one question for one learner, or a `note` why nothing is known.

    Attributes:
        learner: the name of a folder or a file.
        question: None in a note on a file that doesn't say which it is about.
        part: empty in a note.
        passed: whether the part passed.
        seconds: on the clock; None if not known.
        note: why nothing is known; empty where something is.
    """

    learner: str
    question: int | None
    part: str
    passed: bool
    seconds: float | None
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

        def without_name(row):
            return replace(row, learner=f"learner {numbers[row.learner]}")

        def without_file(result):
            named = result.note and not result.note.startswith(_NAMELESS)
            return replace(result, note=_UNREADABLE) if named else result

        results = [
            without_file(without_name(result))
            for result in sorted(self.results, key=lambda r: numbers[r.learner])
        ]
        return HandedIn(
            list(dict.fromkeys(results)),
            [without_name(claim) for claim in self.failed],
            self.skipped,
        )


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
            ours = path.suffix in (".ipynb", ".json") or len(inside.parts) > 1
            note = f"{path.name}: {error}"
            question = _question_of_name(path)
            found = (
                [PartResult(learner, question, "", False, None, note)] if ours else []
            )
        for result in found:
            key = result.learner, result.question, result.part, result.note
            best[key] = _better(best.get(key), result)
    known = {(r.learner, r.question) for r in best.values() if not r.note}
    # A copy that was checked from the terminal has its results in the record.
    best = {
        key: result
        for key, result in best.items()
        if result.note != _UNCHECKED or (result.learner, result.question) not in known
    }
    order = {
        (n, part.name): place
        for n in {result.question for result in best.values()}
        if n
        for place, part in enumerate(questions.read(n).parts)
    }
    results = sorted(
        best.values(),
        key=lambda r: (
            r.learner.casefold(),
            r.question or 0,
            order.get((r.question, r.part), -1),
            r.note,
        ),
    )
    return HandedIn(results, claims, skipped)


def results_csv(results: list[PartResult]) -> str:
    """One line a result, as a spreadsheet reads it; minutes with one decimal."""
    return csv_tables.csv_text(COLUMNS, map(_row, results))


def _row(result: PartResult) -> tuple:
    known = not result.note
    return (
        result.learner,
        result.question or csv_tables.NOTHING,
        result.part if known else csv_tables.NOTHING,
        ("yes" if result.passed else "no") if known else csv_tables.NOTHING,
        "" if result.seconds is None else f"{result.seconds / 60:.1f}",
        result.note,
    )


def _learner(inside: Path) -> str:
    if len(inside.parts) > 1:
        return inside.parts[0]
    name = inside.name
    for number in study_notebooks.numbers():
        name = name.replace(study_notebooks.path_of(number).stem, "")
    if inside.suffix == ".py":
        name = _NUMBER.sub("", inside.stem, count=1)
    return _NAME.sub("", name).strip(" _-.") or inside.stem


def _question_of_name(path: Path) -> int | None:
    """The question in a file's name: its notebook's name, or for Python a number."""
    for number in study_notebooks.numbers():
        if study_notebooks.path_of(number).stem in path.name:
            return number
    found = _NUMBER.search(path.stem) if path.suffix == ".py" else None
    number = int(found[0]) if found else None
    return number if number in study_notebooks.numbers() else None


def _better(one: PartResult | None, other: PartResult) -> PartResult:
    """The better of two results for a part: a passed one, then the shorter time."""
    if one is None:
        return other

    def rank(result: PartResult) -> tuple[bool, float]:
        seconds = float("inf") if result.seconds is None else result.seconds
        return not result.passed, seconds

    return min(one, other, key=rank)


def _read(path: Path, learner: str) -> tuple[list[PartResult], list[FailedClaim]]:
    """What a file tells: results, and claims that failed."""
    if path.suffix == ".py":
        number = _question_of_name(path)
        note = _PYTHON.format(number or "N")
        return [PartResult(learner, number, "", False, None, note)], []
    if path.suffix not in (".ipynb", ".json"):
        raise NotLearnersWork("it's neither a notebook nor a record of progress")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise NotLearnersWork(f"it's larger than {LARGEST_FILE // 10**6} MB")
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise NotLearnersWork(f"it can't be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise NotLearnersWork("it isn't text") from None
    if path.suffix == ".json":
        record = _record(text)
        if not any(of.attempts for of in record.questions.values()):
            raise NotLearnersWork("no question has been begun in it")
        return _results_of_record(record, learner), class_failures.of_record(
            record, learner
        )
    notebook, number = _copy(text, _question_of_name(path))
    failed = class_failures.of_copy(notebook, number, learner)
    return _results_of_copy(notebook, number, learner), failed


def _record(text: str) -> record_file.Record:
    try:
        record = record_file.parse(text)
    except record_file.NotARecord as error:
        raise NotLearnersWork(f"it isn't a record of progress: {error}") from None
    known = study_notebooks.numbers()
    for number in record.questions:
        if number not in known:
            raise NotLearnersWork(f"there is no question {number}")
    return record


def _results_of_record(record: record_file.Record, learner: str) -> list[PartResult]:
    return [
        PartResult(
            learner,
            number,
            part.name,
            part.name in attempt.passed,
            attempt.passed[part.name].seconds if part.name in attempt.passed else None,
        )
        for number, question in record.questions.items()
        for attempt in question.attempts.values()
        for part in questions.read(number).parts
    ]


def _copy(text: str, named: int | None) -> tuple[Node, int]:
    """A practice copy and its question, by the copy itself or by the file's name."""
    try:
        notebook = notebook_json.parse(text)
    except notebook_json.NotANotebook as error:
        raise NotLearnersWork(f"it isn't a notebook: {error}") from None
    number = questions.number_of(notebook) or named
    if number is None:
        raise NotLearnersWork("it isn't a copy of one of the questions")
    return notebook, number


def _results_of_copy(notebook: Node, number: int, learner: str) -> list[PartResult]:
    passed: dict[str, float | None] = {}
    for cell in notebook.cells:
        for name, seconds in _passed(cell, number).items():
            # The first check that passed counts, as in the record.
            if passed.get(name) is None:
                passed[name] = seconds
    if not passed and not any(map(_was_checked, notebook.cells)):
        return [PartResult(learner, number, "", False, None, _UNCHECKED)]
    return [
        PartResult(
            learner, number, part.name, part.name in passed, passed.get(part.name)
        )
        for part in questions.read(number).parts
    ]


def _was_checked(cell: Node) -> bool:
    """Whether a cell that checks an answer has an output."""
    return bool(cell.get("outputs") and notebook_json.checked_names(cell))


def _passed(cell: Node, number: int) -> dict[str, float | None]:
    """The names whose checks passed in a cell, with their seconds if known."""
    lines, bundles, error = _shown(cell)
    ticks = {line[2:].split(":")[0] for line in lines if re.match(r"✓ \w+: ", line)}
    # A cell whose check ended in an error has passed what stands before the error.
    found = dict.fromkeys(() if error else ticks)
    for bundle in bundles:
        if bundle.get("question") == number and isinstance(bundle.get("name"), str):
            seconds = bundle.get("seconds")
            is_time = isinstance(seconds, int | float) and 0 <= seconds < _LONGEST
            found[bundle["name"]] = seconds if is_time else None
    return found


def _shown(cell: Node) -> tuple[list[str], list[dict], bool]:
    """A cell's printed lines, the clock's bundles, and whether it ended in an error."""
    lines: list[str] = []
    bundles: list[dict] = []
    error = False
    for output in cell.get("outputs", []):
        # Where a person ran the check, its lines are HTML with plain text beside it.
        lines += (output.text or _plain(output)).splitlines()
        bundle = output.data.get(clock.BUNDLE)
        bundles += [bundle] if isinstance(bundle, dict) else []
        error = error or output.get("output_type") == "error"
    return lines, bundles, error


def _plain(output: Node) -> str:
    text = output.data.get("text/plain", "")
    return "".join(text) if isinstance(text, list) else str(text)
