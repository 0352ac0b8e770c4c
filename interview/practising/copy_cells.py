"""The cells of a practice copy, and of nbgrader's course, made from a study notebook.

A copy is the interview without the lesson: the question; one cell that sets up; for
each part its task, a stub and a check; one cell that trains what was written; the bug
hunt; the second round.
"""

import re
from collections.abc import Iterable

import nbformat
from nbformat import NotebookNode

from interview import headings, notebook_json, questions
from interview.judging import stubs
from interview.notebook_json import tags
from interview.practising import set_up_cell

_SOLUTION = re.compile(
    r"^(?P<indent>[ \t]*)### BEGIN SOLUTION\n.*?### END SOLUTION$", re.DOTALL | re.M
)
# A solution that is the body of a class begins with a method, or what decorates one.
_METHOD = re.compile(r"\A[ \t]*### BEGIN SOLUTION\n\s*(?:@.*\n\s*)*def \w+\(self")
# A task with the heading just above it.
_TASK = re.compile(r"(?:^###[^\n]*\n\n)?^\*\*Task.*\Z", re.DOTALL | re.MULTILINE)
_ASK_BACK = "What to ask back, and what is assumed"
_FIGURE = "expected.png"
# Of what the study notebook's training printed: its end has the result.
_MOST_LINES = 8


def make_copy(notebook: NotebookNode, name: str, attempt: int = 1) -> NotebookNode:
    """The notebook as a learner starts on it.

    Signature and docstring of each answer stay; the solution becomes a stub that raises
    `NotImplementedError`. The set-up cell starts the learner's clock. The question, the
    attempt and a hash of the copy's sources come into the metadata.

    Args:
        notebook: the study notebook; it isn't changed.
        name: its file name, for the sentence that points back to it.
        attempt: which copy of this question it is, for the record of progress.
    """
    number = int(name[:2])
    arguments = f"{number}, attempt={attempt}" if attempt > 1 else f"{number}"
    starts_clock = f"from interview import clock\n\nclock.start({arguments})"
    cells = interview_cells(notebook, name, set_up_end=starts_clock)
    for cell in cells:
        if "answer" in tags(cell):
            cell.source = _SOLUTION.sub(_stub, cell.source)
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


def interview_cells(
    notebook: NotebookNode, name: str, with_hints: bool = True, set_up_end: str = ""
) -> list[NotebookNode]:
    """The cells of a copy, with the solutions in them.

    Args:
        notebook: the study notebook; it isn't changed.
        name: its file name.
        with_hints: whether the hints come folded below each task.
        set_up_end: the last lines of the set-up cell.
    """
    sections = questions.sections_of(notebook)
    cells = [
        *_question(notebook, sections[headings.QUESTION], name),
        _set_up(notebook, set_up_end),
    ]
    for heading in (headings.ANSWER, headings.BUG_HUNT, headings.SECOND_ROUND):
        cells += _parts(sections.get(heading, []), with_hints)
        if heading == headings.ANSWER:
            cells += _training(set_up_cell.training_cells(notebook))
    return cells


def _question(
    notebook: NotebookNode, section: list[NotebookNode], name: str
) -> Iterable[NotebookNode]:
    """The title, and the interviewer's words with what to ask back folded below."""
    title = notebook.cells[0].source.splitlines()[0]
    (minutes,) = re.findall(r"in an interview *\| *(.+?) *\|", notebook.cells[0].source)
    yield _markdown(
        f"{title}\n\n{minutes}. Explained in `notebooks/{name}`.",
        notebook.cells[0].id,
    )
    lines = "\n\n".join(cell.source for cell in section).splitlines()
    last = max(i for i, line in enumerate(lines) if line.startswith(">")) + 1
    (table,) = re.findall(r"(?:^\|.*\|$\n?)+", "\n".join(lines[last:]), re.MULTILINE)
    folded = _folded(_ASK_BACK, table.strip())
    yield _markdown("\n".join([*lines[:last], "", folded]), section[0].id)


def _set_up(notebook: NotebookNode, end: str) -> NotebookNode:
    """Imports, parameters and data, collapsed so that the first stub is in sight."""
    # JupyterLab shows the first line of a collapsed cell.
    title = (
        f"# Run this first: imports, parameters, data{', your clock' if end else ''}."
    )
    source = f"{title}\n{set_up_cell.source(notebook)}\n\n{end}".strip()
    cell = nbformat.v4.new_code_cell(source)
    cell.id = "set-up"
    cell.metadata["jupyter"] = {"source_hidden": True}
    return cell


def _parts(section: list[NotebookNode], with_hints: bool) -> Iterable[NotebookNode]:
    """For each part of a section: task and hints, answer, check.

    Where there is a broken program, it stands between its task and the hints.
    """
    texts: list[NotebookNode] = []
    hints: list[NotebookNode] = []
    programs: list[NotebookNode] = []
    for cell in section:
        if "answer" in tags(cell):
            for above in (texts, hints) if programs else (texts + hints,):
                yield from _joined(above)
                yield from programs
                programs = []
            texts, hints = [], []
        if {"answer", "check"} & set(tags(cell)):
            yield _code(cell)
        elif "bughunt" in tags(cell):
            programs.append(_code(cell))
        elif cell.cell_type == "markdown" and "hint" in tags(cell):
            hints += [cell] if with_hints else []
        elif cell.cell_type == "markdown" and "model-answer" not in tags(cell):
            texts += [cell] if _task(cell.source) else []


def _joined(cells: list[NotebookNode]) -> Iterable[NotebookNode]:
    """Tasks and hints as one cell, if there are any."""
    if cells:
        sources = [c.source if "hint" in tags(c) else _task(c.source) for c in cells]
        text = _markdown("\n\n".join(sources), cells[0].id)
        text.metadata["tags"] = list(tags(cells[0]))
        yield text


def _task(source: str) -> str:
    """A section's first cell whole; of another cell the task, if one is in it."""
    if source.startswith("## "):
        return source
    found = _TASK.search(source)
    return found[0] if found else ""


def _training(cells: list[NotebookNode]) -> Iterable[NotebookNode]:
    """What the study notebook's training showed, and one cell that trains."""
    if not cells:
        return
    outputs = [output for cell in cells for output in cell.outputs]
    printed = "".join(o.text for o in outputs if o.get("name") == "stdout").strip()
    figures = [o for o in outputs if "image/png" in o.get("data", {})]
    lines = printed.splitlines()[-_MOST_LINES:]
    shown = "\n".join(["```", *lines, "```"])
    text = f"## {headings.PROOF}\n\nTrain what you wrote. To expect:\n\n{shown}"
    if figures:
        alt = figures[0].metadata["image/png"]["alt"]
        text += f"\n\n![{alt}](attachment:{_FIGURE})"
    expected = _markdown(text, "expected")
    if figures:
        png = figures[0].data["image/png"]
        expected.attachments = {_FIGURE: {"image/png": png}}
    yield expected
    source = "\n\n".join(set_up_cell.copied_source(cell) for cell in cells)
    training = nbformat.v4.new_code_cell(source)
    training.id = "training"
    yield training


def _folded(summary: str, text: str) -> str:
    return f"<details><summary>{summary}</summary>\n\n{text}\n\n</details>"


def _markdown(source: str, cell_id: str) -> NotebookNode:
    cell = nbformat.v4.new_markdown_cell(source)
    cell.id = cell_id
    return cell


def _code(cell: NotebookNode) -> NotebookNode:
    new = nbformat.v4.new_code_cell(cell.source)
    new.id = cell.id
    new.metadata["tags"] = list(tags(cell))
    return new


def _stub(solution: re.Match) -> str:
    """What stands in for a solution: an error when it's called, not when it's read."""
    lines = ["# Your answer goes here."]
    if _METHOD.search(solution[0]):
        lines.append("def __init__(self, *arguments, **keywords):")
        lines.append(f"    {stubs.STUB}")
    else:
        lines.append(stubs.STUB)
    return "\n".join(solution["indent"] + line for line in lines)
