"""For teachers: questions as the source of a course that nbgrader can grade."""

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from interview import files, notebook_json, questions, study_notebooks
from interview.checks import registry
from interview.notebook_json import tags
from interview.practising import copy_cells

_CONFIG = """\
c = get_config()

c.CourseDirectory.course_id = "keras-interviews"
# No cell takes minutes: a check takes seconds, the training less than a minute.
c.ExecutePreprocessor.timeout = 300
"""


class ExportError(Exception):
    """A course can't be written; the message says what to do."""


def export_nbgrader(
    folder: Path, numbers: list[int], with_hints: bool = False
) -> list[Path]:
    """Write questions as the source of an nbgrader course.

    Each question becomes the assignment `source/NN_…/`: the practice copy, the answers
    as solutions between nbgrader's markers, the checks as graded cells. Each name that
    the question asks for gives one point, in the first cell that checks it. The checks
    of the bug hunt, the second round and the extras run too, for no points: a teacher
    gives extra credit for them in nbgrader's own column, the only way it has.

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
        course_copy = assignment(source, target.name, with_hints)
        files.write(target, nbformat.writes(course_copy) + "\n")
    config = folder / "nbgrader_config.py"
    if not config.exists():
        files.write(config, _CONFIG)
    return list(targets.values())


def assignment(
    notebook: NotebookNode, name: str, with_hints: bool = False
) -> NotebookNode:
    """The practice copy of a study notebook, with nbgrader's marks and no clock.

    Args:
        notebook: the study notebook; it isn't changed.
        name: its file name.
        with_hints: leave the hints in.
    """
    worth_a_point = set(registry.of(questions.number_of(notebook)).asked)
    cells = copy_cells.interview_cells(notebook, name, with_hints)
    for cell in cells:
        if "answer" in tags(cell):
            _mark(cell, solution=True)
        elif "check" in tags(cell):
            points = worth_a_point & set(notebook_json.checked_names(cell))
            worth_a_point -= points
            _mark(cell, solution=False, points=len(points))
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata = {"kernelspec": notebook.metadata["kernelspec"]}
    return made


def _mark(cell: NotebookNode, solution: bool, points: int = 0) -> None:
    """Give a cell nbgrader's metadata: a solution, or a test that gives points."""
    cell.metadata["nbgrader"] = {
        "schema_version": 3,
        "cell_type": "code",
        "grade_id": f"{'answer' if solution else 'check'}-{cell.id}",
        "solution": solution,
        "locked": not solution,
        "grade": not solution,
        "task": False,
    }
    if not solution:
        cell.metadata["nbgrader"]["points"] = points
