"""For teachers: questions as the source of a course that nbgrader can grade."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from interview import files, headings, notebook_json, questions, study_notebooks
from interview.checks import registry
from interview.notebook_json import tags

_CONFIG = """\
c = get_config()

c.CourseDirectory.course_id = "keras-interviews"
# TensorFlow's import and a check take seconds, not minutes.
c.ExecutePreprocessor.timeout = 300
"""


class ExportError(Exception):
    """A course can't be written; the message says what to do."""


def export_nbgrader(
    folder: Path, numbers: list[int], with_hints: bool = False
) -> list[Path]:
    """Write questions as the source of an nbgrader course.

    Each question becomes the assignment `source/NN_…/`: the question, the answers as
    solutions between nbgrader's markers, the checks as graded cells. Each name that the
    question asks for gives one point, in the first cell that checks it. The checks of
    the bug hunt, the second round and the extras run too, for no points: a teacher
    gives extra credit for them in nbgrader's own column, the only way it has. Data and
    training stay out, so that what is graded runs in seconds.

    Args:
        folder: the course's own.
        numbers: the questions.
        with_hints: leave the hints in, which lead nearly to the code.

    Raises:
        ExportError: an assignment is there already; nothing is written.
        NotebookError: there is no such question.
        OSError: the folder can't be written to.
    """
    targets = {}
    for number in numbers:
        path = study_notebooks.path_of(number)
        targets[number] = folder / "source" / path.stem / path.name
    for target in targets.values():
        if target.exists():
            raise ExportError(
                f"{files.shown(target)} is there already, and may have been edited. "
                f"Export into another folder, or move it away first."
            )
    for number, target in targets.items():
        source = nbformat.read(study_notebooks.path_of(number), as_version=4)
        files.write(target, nbformat.writes(assignment(source, with_hints)) + "\n")
    config = folder / "nbgrader_config.py"
    if not config.exists():
        files.write(config, _CONFIG)
    return list(targets.values())


def assignment(notebook: NotebookNode, with_hints: bool = False) -> NotebookNode:
    """The cells of a study notebook that an nbgrader assignment has."""
    kept = {
        headings.QUESTION,
        headings.ANSWER,
        headings.BUG_HUNT,
        headings.SECOND_ROUND,
    }
    left_out = {"model-answer"} if with_hints else {"model-answer", "hint"}
    worth_a_point = set(registry.of(questions.number_of(notebook)).asked)
    section, cells, imports = "", [], []
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            section = cell.source.splitlines()[0][3:].strip()
        if notebook_json.is_note(cell):
            continue
        if section not in {"", *kept}:
            if "parameters" in tags(cell):
                cells.append(_plain(cell))
            elif cell.cell_type == "code":
                imports += questions.imports(cell.source)
            continue
        if "answer" in tags(cell):
            cells.append(_marked(cell, solution=True))
        elif "check" in tags(cell):
            points = worth_a_point & set(notebook_json.checked_names(cell))
            worth_a_point -= points
            cells.append(_marked(cell, solution=False, points=len(points)))
        elif not left_out & set(tags(cell)) and (
            cell.cell_type == "markdown" or "bughunt" in tags(cell)
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
