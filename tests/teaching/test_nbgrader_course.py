"""A course that nbgrader can grade."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from interview import study_notebooks
from interview.checks import registry
from interview.commands.cli import main
from interview.teaching import nbgrader_course


def test_every_question_exports(tmp_path):
    done = CliRunner().invoke(main, ["export-nbgrader", str(tmp_path)])
    assert done.exit_code == 0, done.output
    written = sorted(tmp_path.glob("source/*/*.ipynb"))
    assert len(written) == len(study_notebooks.numbers())
    for path in written:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        grader = [c.metadata.get("nbgrader", {}) for c in notebook.cells]
        number = int(path.name[:2])
        points = sum(g.get("points", 0) for g in grader if g.get("grade"))
        assert points == len(registry.of(number).asked)
        text = path.read_text("utf-8")
        assert "from interview.checks import" in text
        assert "<summary>Hint" not in text
        ids = [g["grade_id"] for g in grader if g]
        assert len(ids) == len(set(ids))
    before = written[0].read_bytes()
    again = CliRunner().invoke(main, ["export-nbgrader", str(tmp_path)])
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert written[0].read_bytes() == before


def test_hints_only_on_request(tmp_path):
    done = CliRunner().invoke(main, ["export-nbgrader", str(tmp_path), "4", "--hints"])
    assert done.exit_code == 0, done.output
    (path,) = tmp_path.glob("source/*/*.ipynb")
    assert path.read_text("utf-8").count("<summary>Hint") >= 3


def nbgrader(folder, *arguments) -> subprocess.CompletedProcess:
    # nbgrader starts alembic by name, from the environment that it is in.
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_nbgrader_grades_a_right_and_a_wrong_copy(tmp_path):
    pytest.importorskip(
        "nbgrader", reason="it isn't installed: pip install -r requirements-class.txt"
    )
    stem = study_notebooks.path_of(4).stem
    folder = tmp_path / "course"
    nbgrader_course.export_nbgrader(folder, [4])
    done = nbgrader(folder, "generate_assignment", stem)
    assert done.returncode == 0, done.stderr
    released = folder / "release" / stem / f"{stem}.ipynb"
    assert "SOLUTION" not in released.read_text("utf-8")
    source = nbformat.read(folder / "source" / stem / f"{stem}.ipynb", as_version=4)
    answers = {
        cell.id: cell.source
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for learner in ("right", "wrong"):
        target = folder / "submitted" / learner / stem / f"{stem}.ipynb"
        target.parent.mkdir(parents=True)
        shutil.copy(released, target)
        copy = nbformat.read(target, as_version=4)
        for cell in copy.cells:
            cell.source = answers.get(cell.id, cell.source)
            if learner == "wrong":
                cell.source = cell.source.replace("training=True", "training=False")
        nbformat.write(copy, target)
    done = nbgrader(folder, "autograde", stem)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(folder / "gradebook.db") as book:
        scores = dict(
            book.execute(
                "select submitted_assignment.student_id, sum(grade.auto_score) "
                "from grade join submitted_notebook "
                "on grade.notebook_id = submitted_notebook.id "
                "join submitted_assignment "
                "on submitted_notebook.assignment_id = submitted_assignment.id "
                "group by 1"
            )
        )
    # The loop alone is asked for; bug hunt and second round are extra.
    assert scores == {"right": 1, "wrong": 0}
