"""Practice copies: the notebooks with their answers taken out.

A copy is made from the tags of the notebook's cells (see `make_copy`), the same bytes
each time, and is written once: what a learner has begun is never overwritten.
"""

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "notebooks"
PRACTICE = ROOT / "practice"

_SOLUTION = re.compile(
    r"^(?P<indent>[ \t]*)### BEGIN SOLUTION\n.*?### END SOLUTION$", re.DOTALL | re.M
)
# A solution that is the body of a class begins with a method, or what decorates one.
_METHOD = re.compile(r"\A[ \t]*### BEGIN SOLUTION\n\s*(?:@.*\n\s*)*def \w+\(self")
_DETAILS = re.compile(r"<details>.*?</details>", re.DOTALL)


class PracticeError(Exception):
    """A notebook or a practice copy can't be had; the message says what to do."""


def notebook_path(number: int) -> Path:
    """The study notebook of a question.

    Raises:
        PracticeError: there is no such question.
    """
    found = sorted(NOTEBOOKS.glob(f"{number:02d}_*.ipynb"))
    if not found:
        known = ", ".join(str(n) for n in numbers())
        raise PracticeError(f"There is no question {number} yet; there are {known}.")
    return found[0]


def numbers() -> list[int]:
    """The questions that have a notebook."""
    return [int(path.name[:2]) for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))]


def copy_path(number: int) -> Path:
    """Where the learner's copy of a question is, or would be."""
    return PRACTICE / notebook_path(number).name


def start(number: int) -> tuple[Path, bool]:
    """Write the practice copy of a question unless there is one.

    Returns:
        The copy's path, and whether it was written now.

    Raises:
        PracticeError: there is no such question.
    """
    source, target = notebook_path(number), copy_path(number)
    copy = make_copy(nbformat.read(source, as_version=4), source.name)
    target.parent.mkdir(exist_ok=True)
    try:
        # "x": never over a file that is there, whoever wrote it and when.
        with open(target, "x", encoding="utf-8", newline="\n") as file:
            file.write(nbformat.writes(copy) + "\n")
    except FileExistsError:
        return target, False
    return target, True


def make_copy(notebook: NotebookNode, name: str) -> NotebookNode:
    """The notebook as a learner starts on it.

    - `answer` cells keep signature and docstring; the solution becomes a stub that
      raises `NotImplementedError`.
    - `model-answer` cells of code are left out. Those of Markdown stay if what they
      give away is folded (`<details>`), with headings and questions above it, and are
      left out otherwise, but for a section's heading. Each section says how many
      cells it lacks.
    - Notes for a teacher go.
    - Outputs, execution counts, attachments and foreign metadata go.

    Args:
        notebook: the study notebook; it isn't changed.
        name: its file name, for the sentences that point back to it.
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
    copy = nbformat.v4.new_notebook(cells=cells)
    copy.metadata = {
        key: notebook.metadata[key]
        for key in ("kernelspec", "language_info")
        if key in notebook.metadata
    }
    return copy


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
