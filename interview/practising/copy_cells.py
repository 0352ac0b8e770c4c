"""How a practice copy is made: the study notebook with its answers taken out."""

import re

import nbformat
from nbformat import NotebookNode

from interview import notebook_json
from interview.judging import stubs

_SOLUTION = re.compile(
    r"^(?P<indent>[ \t]*)### BEGIN SOLUTION\n.*?### END SOLUTION$", re.DOTALL | re.M
)
# A solution that is the body of a class begins with a method, or what decorates one.
_METHOD = re.compile(r"\A[ \t]*### BEGIN SOLUTION\n\s*(?:@.*\n\s*)*def \w+\(self")
_DETAILS = re.compile(r"<details>.*?</details>", re.DOTALL)


def make_copy(notebook: NotebookNode, name: str, attempt: int = 1) -> NotebookNode:
    """The notebook as a learner starts on it.

    - Below the title stands a cell that starts the learner's clock.
    - `answer` cells keep signature and docstring; the solution becomes a stub that
      raises `NotImplementedError`.
    - `model-answer` cells of code are left out. Those of Markdown stay if what they
      give away is folded (`<details>`), with nothing but headings beside it, and are
      left out otherwise, but for a section's heading. Each section says how many
      cells it lacks.
    - Notes for a teacher go.
    - Outputs, execution counts, attachments and foreign metadata go; the
      question, the attempt and a hash of the copy's sources come in.

    Args:
        notebook: the study notebook; it isn't changed.
        name: its file name, for the sentences that point back to it.
        attempt: which copy of this question it is, for the record of progress.
    """
    cells, dropped = [], []
    for cell in notebook.cells:
        tags = notebook_json.tags(cell)
        starts_section = cell.cell_type == "markdown" and cell.source.startswith("## ")
        if starts_section:
            _note_dropped(cells, dropped, name)
        if notebook_json.is_note(cell):
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
    number = int(name[:2])
    cells.insert(1, _clock_cell(number, attempt))
    copy = nbformat.v4.new_notebook(cells=cells)
    copy.metadata = {
        key: notebook.metadata[key]
        for key in ("kernelspec", "language_info")
        if key in notebook.metadata
    }
    copy.metadata["interview"] = {
        "question": number,
        "attempt": attempt,
        "sources_sha256": notebook_json.fingerprint(copy),
    }
    return copy


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
        lines.append(f"    {stubs.STUB}")
    else:
        lines.append(stubs.STUB)
    return "\n".join(solution["indent"] + line for line in lines)


def _folded(cell: NotebookNode) -> bool:
    """Whether all of a cell but its headings is in `<details>`."""
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
