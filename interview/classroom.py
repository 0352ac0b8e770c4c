"""For teachers: sum up a folder of learners' work, export a course for nbgrader.

Nothing here executes what a learner wrote: a practice copy is read for what its checks
printed, a record of progress for what it holds. Neither is proof against forgery.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import nbformat
from nbformat import NotebookNode

from interview import practice, progress, questions

LARGEST_FILE = 50_000_000
COLUMNS = ("learner", "question", "part", "passed", "minutes")
_NAME = re.compile(r"progress|practice|\(\d+\)|\.json|\.ipynb", re.IGNORECASE)
_TITLE = re.compile(r"^# (\d+) · ")
_TIME = re.compile(r"(?:(\d+) h )?(?:(\d+) min ?)?(?:(\d+) s)?")
_CONFIG = """\
c = get_config()

c.CourseDirectory.course_id = "keras-interviews"
# TensorFlow's import and a check take seconds, not minutes.
c.ExecutePreprocessor.timeout = 300
"""


class NotLearnersWork(ValueError):
    """A file that is neither a practice copy nor a record; the message says why."""


@dataclass(frozen=True)
class Row:
    """One part of one question for one learner; `seconds` is None if not known."""

    learner: str
    question: int
    part: str
    passed: bool
    seconds: float | None


def sum_up(folder: Path) -> tuple[list[Row], list[str]]:
    """Read all practice copies and records of progress below a folder.

    A learner is the first folder below `folder`, or else what the file's name says
    beside the question's: `ada_04_custom_training_loop.ipynb`, `ada.json`.

    Returns:
        A row for each part of each question that a learner has begun, sorted; and a
        line for each file that was skipped.
    """
    best: dict[tuple[str, int, str], Row] = {}
    skipped = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if not path.is_file() or any(part.startswith(".") for part in inside.parts):
            continue
        try:
            for row in _rows(path, _learner(inside)):
                key = row.learner, row.question, row.part
                best[key] = _better(best.get(key), row)
        except NotLearnersWork as error:
            skipped.append(f"{inside} is skipped: {error}.")
    order = {
        (n, part.name): place
        for n in {row.question for row in best.values()}
        for place, part in enumerate(questions.read(n).parts)
    }
    rows = sorted(
        best.values(),
        key=lambda r: (r.learner.casefold(), r.question, order[r.question, r.part]),
    )
    return rows, skipped


def write_csv(rows: list[Row], file: IO[str]) -> None:
    """One line a row, as a spreadsheet reads it; minutes with one decimal."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        # A spreadsheet would take such a name for a formula.
        formula = row.learner.startswith(("=", "+", "-", "@"))
        writer.writerow(
            [
                f"'{row.learner}" if formula else row.learner,
                row.question,
                row.part,
                "yes" if row.passed else "no",
                "" if row.seconds is None else f"{row.seconds / 60:.1f}",
            ]
        )


def _learner(inside: Path) -> str:
    if len(inside.parts) > 1:
        return inside.parts[0]
    name = inside.name
    for number in practice.numbers():
        name = name.replace(practice.notebook_path(number).stem, "")
    return _NAME.sub("", name).strip(" _-.") or inside.stem


def _better(one: Row | None, other: Row) -> Row:
    """Of two rows for the same part: passed before not, then the shorter time."""
    if one is None:
        return other

    def rank(row: Row) -> tuple[bool, float]:
        return not row.passed, float("inf") if row.seconds is None else row.seconds

    return min(one, other, key=rank)


def _rows(path: Path, learner: str) -> Iterator[Row]:
    if path.suffix not in (".ipynb", ".json"):
        raise NotLearnersWork("it's neither a notebook nor a record of progress")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise NotLearnersWork(f"it's larger than {LARGEST_FILE // 10**6} MB")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotLearnersWork(f"it can't be read ({error})") from None
    if path.suffix == ".json":
        return _rows_of_record(text, learner)
    return _rows_of_copy(text, learner)


def _rows_of_record(text: str, learner: str) -> Iterator[Row]:
    try:
        record = progress.parse(text)
    except progress.NotARecord as error:
        raise NotLearnersWork(f"it isn't a record of progress, {error}") from None
    rows = []
    for key, entry in record["questions"].items():
        number = int(key)
        if number not in practice.numbers():
            raise NotLearnersWork(f"there is no question {number}")
        question = questions.read(number)
        for attempt in entry.get("attempts", {}).values():
            passed = attempt.get("passed", {})
            for part in question.parts:
                seconds = passed.get(part.name, {}).get("seconds")
                done = part.name in passed
                rows.append(Row(learner, number, part.name, done, seconds))
    return iter(rows)


def _rows_of_copy(text: str, learner: str) -> Iterator[Row]:
    try:
        notebook = nbformat.reads(text, as_version=4)
        cells = notebook.cells
        title = _TITLE.match(cells[0].source)
    except Exception as error:
        reason = (str(error).splitlines() or [""])[0][:100]
        raise NotLearnersWork(f"it isn't a notebook ({reason})") from None
    if not title or int(title[1]) not in practice.numbers():
        raise NotLearnersWork("it isn't a copy of one of the ten questions")
    question = questions.read(int(title[1]))
    printed = {
        name: shown
        for cell in cells
        if cell.cell_type == "code"
        for shown in [_printed(cell)]
        for name in re.findall(r"(\w+)=", cell.source)
    }
    rows = []
    for part in question.parts:
        lines, error = printed.get(part.name, ([], False))
        ticks = [line for line in lines if line.startswith(f"✓ {part.name}: ")]
        ends = [line for line in lines if line.startswith(f"✓ {part.name} passed")]
        done = bool(ticks) and (not error or bool(ends))
        seconds = _seconds(ends[-1]) if ends else None
        rows.append(Row(learner, question.number, part.name, done, seconds))
    return iter(rows)


def _printed(cell: NotebookNode) -> tuple[list[str], bool]:
    """The lines that a cell printed, and whether it ended in an error."""
    lines: list[str] = []
    error = False
    for output in cell.get("outputs", []):
        if output.get("output_type") == "stream":
            text = output.get("text", "")
            lines += (text if isinstance(text, str) else "".join(text)).splitlines()
        error = error or output.get("output_type") == "error"
    return lines, error


def _seconds(line: str) -> float | None:
    found = re.search(r" passed after ([^;(]+)", line)
    if not found:
        return None
    hours, minutes, seconds = (
        int(x or 0) for x in _TIME.match(found[1].strip()).groups()
    )
    return hours * 3600 + minutes * 60 + seconds


class ExportError(Exception):
    """A course can't be written; the message says what to do."""


def export_nbgrader(folder: Path, numbers: list[int]) -> list[Path]:
    """Write questions as the source of an nbgrader course.

    Each question becomes the assignment `source/NN_…/`: the question, the answers as
    solutions between nbgrader's markers, the checks as graded cells, a point for each
    name that is checked. Data and training stay out: what is graded runs in seconds.

    Raises:
        ExportError: an assignment is there already; nothing is written.
        PracticeError: there is no such question.
    """
    targets = {}
    for number in numbers:
        path = practice.notebook_path(number)
        targets[number] = folder / "source" / path.stem / path.name
    for target in targets.values():
        if target.exists():
            raise ExportError(
                f"{target} is there already, and may have been edited. Export into "
                f"another folder, or move it away first."
            )
    for number, target in targets.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        source = nbformat.read(practice.notebook_path(number), as_version=4)
        nbformat.write(assignment(source), target)
    config = folder / "nbgrader_config.py"
    if not config.exists():
        config.write_text(_CONFIG, encoding="utf-8")
    return list(targets.values())


def assignment(notebook: NotebookNode) -> NotebookNode:
    """The cells of a study notebook that an nbgrader assignment has."""
    kept = {"The question", "The answer", "Bug hunt"}
    section, cells, imports = "", [], []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            section = cell.source.splitlines()[0][3:].strip()
        if cell.metadata.get("slideshow", {}).get("slide_type") == "notes":
            continue
        if section not in {"", *kept}:
            if "parameters" in tags:
                cells.append(_plain(cell))
            elif cell.cell_type == "code":
                imports += questions.imports(cell.source)
            continue
        if "answer" in tags:
            cells.append(_marked(cell, solution=True))
        elif "check" in tags:
            points = len(re.findall(r"(\w+)=", cell.source))
            cells.append(_marked(cell, solution=False, points=points))
        elif "model-answer" not in tags and (
            cell.cell_type == "markdown" or "bughunt" in tags
        ):
            cells.append(_plain(cell))
    setup = nbformat.v4.new_code_cell("\n".join(dict.fromkeys(imports)))
    setup.id = "set-up"
    first = next(i for i, c in enumerate(cells) if c.cell_type == "code")
    cells.insert(first, setup)
    new = nbformat.v4.new_notebook(cells=cells)
    new.metadata = {"kernelspec": notebook.metadata["kernelspec"]}
    return new


def _plain(cell: NotebookNode) -> NotebookNode:
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
    }[cell.cell_type]
    new = make(cell.source)
    new.id = cell.id
    return new


def _marked(cell: NotebookNode, solution: bool, points: int = 0) -> NotebookNode:
    """A cell with nbgrader's metadata: a solution, or a test that gives points."""
    new = _plain(cell)
    new.metadata["nbgrader"] = {
        "schema_version": 3,
        "cell_type": "code",
        "grade_id": f"{'answer' if solution else 'check'}-{cell.id}",
        "solution": solution,
        "locked": not solution,
        "grade": not solution,
        "task": False,
    }
    if not solution:
        new.metadata["nbgrader"]["points"] = points
    return new
