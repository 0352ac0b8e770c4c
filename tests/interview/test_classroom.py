"""A class summed up without running anything; a course that nbgrader can grade."""

import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner

from interview import blank, classroom, practice
from interview.cli import main
from tests.support import tagged

AT = "2026-11-25T09:00:00+00:00"
TRAP = "open('executed', 'w').write('it ran')"


def answered(number: int, printed: dict[str, list[str]]):
    """A practice copy whose check cells printed these lines."""
    source = practice.notebook_path(number)
    copy = blank.make_copy(nbformat.read(source, as_version=4), source.name)
    for cell in tagged(copy, "check"):
        for name, lines in printed.items():
            if f"{name}=" in cell.source:
                text = "\n".join(lines) + "\n"
                cell.outputs = [
                    nbformat.v4.new_output("stream", name="stdout", text=text)
                ]
    copy.cells.insert(0 + 1, nbformat.v4.new_code_cell(TRAP))
    return copy


def record(**passed) -> str:
    parts = {name: {"seconds": s, "at": AT} for name, s in passed.items()}
    attempts = {"1": {"started": AT, "passed": parts}}
    return json.dumps({"version": 1, "questions": {"8": {"attempts": attempts}}})


@pytest.fixture
def folder(tmp_path):
    """Ada's folder, Bo's copy, Cy's record, and what isn't anybody's work."""
    (tmp_path / "ada").mkdir()
    ticks = [
        "✓ run_training_loop: is right",
        "✓ run_training_loop passed after 12 min 30 s; question 4 is passed.",
    ]
    nbformat.write(
        answered(4, {"run_training_loop": ticks}),
        tmp_path / "ada" / "04_custom_training_loop.ipynb",
    )
    nbformat.write(answered(4, {}), tmp_path / "Bo_04_custom_training_loop.ipynb")
    (tmp_path / "cy-progress.json").write_text(
        record(vote_predict=90, build_ensemble=None)
    )
    (tmp_path / "broken.ipynb").write_text("{")
    (tmp_path / "essay.docx").write_text("no notebook")
    (tmp_path / "shopping.json").write_text('{"eggs": 6}')
    foreign = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Hi")])
    nbformat.write(foreign, tmp_path / "foreign.ipynb")
    (tmp_path / "empty.ipynb").write_text("")
    return tmp_path


def test_a_class_in_one_table(folder):
    done = CliRunner().invoke(main, ["class", str(folder)])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert tuple(rows[0]) == classroom.COLUMNS
    table = {(r["learner"], r["part"]): (r["passed"], r["minutes"]) for r in rows}
    assert table["ada", "run_training_loop"] == ("yes", "12.5")
    assert table["ada", "fit_with_early_stopping"] == ("no", "")
    assert table["Bo", "run_training_loop"] == ("no", "")
    assert table["cy", "vote_predict"] == ("yes", "1.5")
    assert table["cy", "build_ensemble"] == ("yes", "")
    assert table["cy", "train_members"] == ("no", "")
    skipped = done.stderr.splitlines()
    assert [line.split()[0] for line in skipped] == [
        "broken.ipynb",
        "empty.ipynb",
        "essay.docx",
        "foreign.ipynb",
        "shopping.json",
    ]
    assert not list(folder.rglob("executed"))
    assert not Path("executed").exists()


def test_a_table_is_never_overwritten(folder, tmp_path_factory):
    target = tmp_path_factory.mktemp("out") / "class.csv"
    arguments = ["class", str(folder), "-o", str(target)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    before = target.read_bytes()
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert target.read_bytes() == before


def test_a_failed_check_is_not_a_pass():
    cell = nbformat.v4.new_code_cell("q04.check(run_training_loop=run_training_loop)")
    cell.outputs = [
        nbformat.v4.new_output(
            "stream", name="stdout", text="✓ run_training_loop: its first step\n"
        ),
        nbformat.v4.new_output("error", ename="CheckFailed", evalue="", traceback=[]),
    ]
    title = nbformat.v4.new_markdown_cell("# 4 · Loop")
    text = nbformat.writes(nbformat.v4.new_notebook(cells=[title, cell]))
    rows = {row.part: row for row in classroom._rows_of_copy(text, "ada")}
    assert not rows["run_training_loop"].passed


def test_the_better_of_copy_and_record_counts(tmp_path):
    (tmp_path / "cy").mkdir()
    (tmp_path / "cy" / "progress.json").write_text(record(vote_predict=90))
    (tmp_path / "cy" / "old.json").write_text(record(vote_predict=None))
    rows, _ = classroom.sum_up(tmp_path)
    (row,) = [row for row in rows if row.part == "vote_predict"]
    assert row == classroom.Row("cy", 8, "vote_predict", True, 90)


def test_names_are_no_formulas():
    file = io.StringIO()
    row = classroom.Row("=1+1", 4, "run_training_loop", True, 61)
    classroom.write_csv([row], file)
    assert file.getvalue().splitlines()[1] == "'=1+1,4,run_training_loop,yes,1.0"


@pytest.mark.parametrize(
    ("line", "seconds"),
    [
        ("✓ f passed after 45 s; 1 of 2", 45),
        ("✓ f passed after 12 min 30 s (before); 1 of 2", 750),
        ("✓ f passed after 1 h 05 min; question 4 is passed.", 3900),
        ("✓ f passed; 1 of 2", None),
    ],
)
def test_times_are_read_back(line, seconds):
    assert classroom._seconds(line) == seconds


def test_every_question_exports(tmp_path):
    done = CliRunner().invoke(main, ["export-nbgrader", str(tmp_path)])
    assert done.exit_code == 0, done.output
    written = sorted(tmp_path.glob("source/*/*.ipynb"))
    assert len(written) == len(practice.numbers())
    for path in written:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        grader = [c.metadata.get("nbgrader", {}) for c in notebook.cells]
        assert sum(g.get("points", 0) for g in grader if g.get("grade")) >= 2
        ids = [g["grade_id"] for g in grader if g]
        assert len(ids) == len(set(ids))
    before = written[0].read_bytes()
    again = CliRunner().invoke(main, ["export-nbgrader", str(tmp_path)])
    assert again.exit_code == 1
    assert "is there already" in again.output
    assert written[0].read_bytes() == before


def nbgrader(course, *arguments) -> subprocess.CompletedProcess:
    # nbgrader starts alembic by name, from the environment that it is in.
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_nbgrader_grades_a_right_and_a_wrong_copy(tmp_path):
    pytest.importorskip("nbgrader", reason="requirements-class.txt isn't installed")
    stem = practice.notebook_path(4).stem
    course = tmp_path / "course"
    classroom.export_nbgrader(course, [4])
    done = nbgrader(course, "generate_assignment", stem)
    assert done.returncode == 0, done.stderr
    released = course / "release" / stem / f"{stem}.ipynb"
    assert "SOLUTION" not in released.read_text("utf-8")
    source = nbformat.read(course / "source" / stem / f"{stem}.ipynb", as_version=4)
    answers = {
        cell.id: cell.source
        for cell in source.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    for learner in ("right", "wrong"):
        target = course / "submitted" / learner / stem / f"{stem}.ipynb"
        target.parent.mkdir(parents=True)
        shutil.copy(released, target)
        copy = nbformat.read(target, as_version=4)
        for cell in copy.cells:
            cell.source = answers.get(cell.id, cell.source)
            if learner == "wrong":
                cell.source = cell.source.replace("training=True", "training=False")
        nbformat.write(copy, target)
    done = nbgrader(course, "autograde", stem)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(course / "gradebook.db") as book:
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
    assert scores["right"] == 2
    assert scores["wrong"] == 1  # the bug hunt is right there
