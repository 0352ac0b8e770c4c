"""Practice copies: the notebooks with their answers taken out.

A copy is made from the tags of the notebook's cells (see `make_copy`), the same bytes
each time, and is written once: what a learner has begun is never overwritten.
"""

import hashlib
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from interview import folders

_SOLUTION = re.compile(
    r"^(?P<indent>[ \t]*)### BEGIN SOLUTION\n.*?### END SOLUTION$", re.DOTALL | re.M
)
# A solution that is the body of a class begins with a method, or what decorates one.
_METHOD = re.compile(r"\A[ \t]*### BEGIN SOLUTION\n\s*(?:@.*\n\s*)*def \w+\(self")
_DETAILS = re.compile(r"<details>.*?</details>", re.DOTALL)
_ATTEMPT = re.compile(r"_(\d+)\.ipynb\Z")


class PracticeError(Exception):
    """A notebook or a practice copy can't be had; the message says what to do."""


def notebook_path(number: int) -> Path:
    """The study notebook of a question.

    Raises:
        PracticeError: there is no such question.
    """
    found = sorted(folders.HERE.notebooks.glob(f"{number:02d}_*.ipynb"))
    if not found:
        known = ", ".join(str(n) for n in numbers())
        raise PracticeError(f"There is no question {number} yet; there are {known}.")
    return found[0]


def numbers() -> list[int]:
    """The questions that have a notebook."""
    return [
        int(path.name[:2])
        for path in sorted(folders.HERE.notebooks.glob("[0-9][0-9]_*.ipynb"))
    ]


def copies(number: int) -> list[Path]:
    """The learner's copies of a question, the first attempt first."""
    stem = notebook_path(number).stem
    found = [
        p
        for p in folders.HERE.practice.glob(f"{stem}*.ipynb")
        if attempt_of(p) is not None
    ]
    return sorted(found, key=attempt_of)


def copy_path(number: int, attempt: int = 1) -> Path:
    """Where the learner's copy of a question is, or would be."""
    stem = notebook_path(number).stem
    return folders.HERE.practice / f"{stem}{f'_{attempt}' if attempt > 1 else ''}.ipynb"


def attempt_of(path: Path) -> int | None:
    """Which attempt a file holds by its name; None for a name of the learner's own."""
    if not re.match(r"\d\d_", path.name):
        return None
    try:
        stem = notebook_path(int(path.name[:2])).stem
    except PracticeError:
        return None
    if path.stem == stem:
        return 1
    found = _ATTEMPT.search(path.name)
    return int(found[1]) if found and path.stem == f"{stem}_{found[1]}" else None


def start(number: int, fresh: bool = False) -> tuple[Path, bool]:
    """Write the practice copy of a question unless there is one.

    Args:
        number: the question.
        fresh: write a further copy, numbered, beside those that are there.

    Returns:
        The path of the latest copy, and whether it was written now.

    Raises:
        PracticeError: there is no such question, or the folder can't be written to.
    """
    source = notebook_path(number)
    notebook = nbformat.read(source, as_version=4)
    there = copies(number)
    if there and not fresh:
        return there[-1], False
    attempt = attempt_of(there[-1]) + 1 if there else 1
    try:
        folders.HERE.practice.mkdir(parents=True, exist_ok=True)
        while True:
            target = copy_path(number, attempt)
            copy = make_copy(notebook, source.name, attempt)
            try:
                # "x": never over a file that is there, whoever wrote it and when.
                with open(target, "x", encoding="utf-8", newline="\n") as file:
                    file.write(nbformat.writes(copy) + "\n")
            except FileExistsError:
                if not fresh:
                    return target, False
                attempt += 1
            else:
                return target, True
    except OSError as error:
        raise PracticeError(
            f"The folder {folders.HERE.practice} can't be written to "
            f"({error.strerror}). Make room or give yourself the right to write "
            f"there, and try again."
        ) from None


def is_untouched(path: Path) -> bool:
    """Whether nobody has worked in a practice copy: its sources as written, no outputs.

    The copy carries the hash of its own sources, so a later release of the study
    notebook, or a JupyterLab that saved the file in its own layout, changes nothing.
    """
    try:
        notebook = nbformat.read(path, as_version=4)
        written = notebook.metadata["interview"]["sources_sha256"]
        ran = any(cell.get("outputs") for cell in notebook.cells)
        return written == _sources_sha256(notebook) and not ran
    except Exception:  # whatever it is, it isn't a copy as we write it
        return False


def make_copy(notebook: NotebookNode, name: str, attempt: int = 1) -> NotebookNode:
    """The notebook as a learner starts on it.

    - Below the title stands a cell that starts the learner's clock.
    - `answer` cells keep signature and docstring; the solution becomes a stub that
      raises `NotImplementedError`.
    - `model-answer` cells of code are left out. Those of Markdown stay if what they
      give away is folded (`<details>`), with headings and questions above it, and are
      left out otherwise, but for a section's heading. Each section says how many
      cells it lacks.
    - Notes for a teacher go.
    - Outputs, execution counts, attachments and foreign metadata go; a hash of the
      copy's sources comes in, for `is_untouched`.

    Args:
        notebook: the study notebook; it isn't changed.
        name: its file name, for the sentences that point back to it.
        attempt: which copy of this question it is, for the record of progress.
    """
    cells, dropped = [], []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        starts_section = cell.cell_type == "markdown" and cell.source.startswith("## ")
        if starts_section:
            _note_dropped(cells, dropped, name)
        if cell.metadata.get("slideshow", {}).get("slide_type") == "notes":
            continue
        if "model-answer" in tags and not _folded(cell):
            if starts_section:
                heading = cell.source.splitlines()[0]
                cells.append(nbformat.v4.new_markdown_cell(heading))
                cells[-1].id = cell.id
            dropped.append(cell.id)
            continue
        cells.append(_clean(cell, tags))
    _note_dropped(cells, dropped, name)
    cells.insert(1, _clock_cell(int(name[:2]), attempt))
    copy = nbformat.v4.new_notebook(cells=cells)
    copy.metadata = {
        key: notebook.metadata[key]
        for key in ("kernelspec", "language_info")
        if key in notebook.metadata
    }
    copy.metadata["interview"] = {"sources_sha256": _sources_sha256(copy)}
    return copy


def _sources_sha256(notebook: NotebookNode) -> str:
    """Hash of all cells' types and sources in order: tells whether one was edited."""
    digest = hashlib.sha256()
    for cell in notebook.cells:
        digest.update(f"{cell.cell_type}\0{cell.source}\0".encode())
    return digest.hexdigest()


def _clock_cell(number: int, attempt: int) -> NotebookNode:
    arguments = f"{number}, attempt={attempt}" if attempt > 1 else f"{number}"
    cell = nbformat.v4.new_code_cell(
        "# Starts your clock: a check that passes says how long you took.\n"
        f"from interview import clock\n\nclock.start({arguments})"
    )
    cell.id = "clock"
    return cell


def _clean(cell: NotebookNode, tags: list[str]) -> NotebookNode:
    source = _blank(cell.source) if "answer" in tags else cell.source
    new = (
        nbformat.v4.new_code_cell(source)
        if cell.cell_type == "code"
        else nbformat.v4.new_markdown_cell(source)
    )
    new.id = cell.id
    if tags:
        new.metadata["tags"] = list(tags)
    return new


def _blank(source: str) -> str:
    return _SOLUTION.sub(_stub, source)


def _stub(solution: re.Match) -> str:
    """What stands in for a solution: an error when it's called, not when it's read."""
    lines = ["# Your answer goes here."]
    if _METHOD.search(solution[0]):
        lines.append("def __init__(self, *arguments, **keywords):")
        lines.append('    raise NotImplementedError("not written yet")')
    else:
        lines.append('raise NotImplementedError("not written yet")')
    return "\n".join(solution["indent"] + line for line in lines)


def _folded(cell: NotebookNode) -> bool:
    """Whether all of a cell but headings and emphasised lines is in `<details>`."""
    if cell.cell_type != "markdown" or "<details>" not in cell.source:
        return False
    outside = _DETAILS.sub("", cell.source).strip()
    return all(not line or line.startswith("#") for line in outside.splitlines())


def _count(dropped: list[str]) -> str:
    return "one cell" if len(dropped) == 1 else f"{len(dropped)} cells"


def _note_dropped(cells: list[NotebookNode], dropped: list[str], name: str) -> None:
    """Say at a section's end what was left out of it, and start counting anew."""
    if dropped:
        note = nbformat.v4.new_markdown_cell(
            f"*Left out here, since it would give the answer away: {_count(dropped)}. "
            f"Once your check passes, read on in `notebooks/{name}`.*"
        )
        note.id = f"left-out-{dropped[0]}"
        cells.append(note)
        dropped.clear()
