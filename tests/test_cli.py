"""The command `interview`, as somebody types it."""

import subprocess
import sys

import nbformat
import pytest
from click.testing import CliRunner
from conftest import PATHS

from helpers import practice, running
from helpers.cli import main

RIGHT = (practice.ROOT / "tests/right_answers/q04/metrics.py").read_text("utf-8")


def interview(*arguments, cwd=None) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "helpers.cli", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
    )


def invoke(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(practice, "ROOT", tmp_path)
    monkeypatch.setattr(practice, "PRACTICE", tmp_path / "practice")
    return tmp_path


def test_list_shows_each_question_in_80_columns(folder):
    lines = invoke("list").output.splitlines()
    assert len(lines) == 1 + len(PATHS)
    assert all(len(line) <= 80 for line in lines)
    assert any("Custom training loop" in line and "25" in line for line in lines)
    invoke("start", 4)
    row = next(x for x in invoke("list").output.splitlines() if x.startswith(" 4"))
    assert row.endswith("started")


def test_start_says_where_the_copy_is(folder):
    done = invoke("start", 4)
    assert done.exit_code == 0
    assert "practice/04_custom_training_loop.ipynb" in done.output
    again = invoke("start", 4)
    assert again.exit_code == 0
    assert "as you left it" in again.output


def test_unknown_question():
    for command in ("start", "check", "run"):
        done = invoke(command, 77)
        assert done.exit_code == 1
        assert done.output.count("\n") == 1
        assert "There is no question 77" in done.output


def test_check_without_a_copy(folder):
    done = invoke("check", 4)
    assert done.exit_code == 1
    assert "interview start 4" in done.output


def test_check_of_a_right_file(tmp_path):
    (tmp_path / "answer.py").write_text(RIGHT)
    done = interview("check", 4, "answer.py", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 8
    assert all(line.startswith("✓") for line in lines)
    assert done.stderr == ""


def test_check_of_a_wrong_file(tmp_path):
    wrong = RIGHT.replace("training=True", "training=False")
    (tmp_path / "answer.py").write_text(wrong)
    done = interview("check", 4, "answer.py", cwd=tmp_path)
    assert done.returncode == 1
    assert "never told the model that it is training" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("def f(:\n", "✗ answer.py, line 1: invalid syntax."),
        ("x = 1\n1 / 0\n", "✗ answer.py, line 2: ZeroDivisionError: division by zero"),
        ("import nothing_like_it\n", "line 1: ModuleNotFoundError"),
        ("raise SystemExit(3)\n", "line 1: SystemExit: 3"),
        ("def other(): pass\n", "doesn't define run_training_loop"),
        ("", "doesn't define run_training_loop"),
        ("\udcff", "can't be read"),
    ],
)
def test_check_of_a_file_that_cannot_be_checked(tmp_path, source, message):
    (tmp_path / "answer.py").write_bytes(source.encode("utf-8", "surrogateescape"))
    done = interview("check", 4, "answer.py", cwd=tmp_path)
    assert done.returncode == 1
    assert message in done.stdout
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_check_ends_an_endless_loop(tmp_path):
    (tmp_path / "answer.py").write_text("while True: pass\n")
    done = interview("check", 4, "answer.py", "--seconds", 3, cwd=tmp_path)
    assert done.returncode == 1
    assert "didn't finish within 3 s" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("end", ["os.abort()", "os._exit(0)", "os._exit(1)"])
def test_check_survives_a_file_that_kills_its_process(tmp_path, end):
    (tmp_path / "answer.py").write_text(f"import os; {end}\n")
    done = interview("check", 4, "answer.py", cwd=tmp_path)
    assert done.returncode == 1
    assert "ended its own process" in done.stderr


@pytest.mark.parametrize("end", ["sys.exit(0)", "os._exit(0)"])
def test_an_answer_that_leaves_has_not_passed(tmp_path, end):
    """Once it looked right: exit code 0, and not a line."""
    source = f"import os, sys\ndef run_training_loop(*arguments):\n    {end}\n"
    (tmp_path / "answer.py").write_text(source)
    done = interview("check", 4, "answer.py", cwd=tmp_path)
    assert done.returncode == 1
    assert "✗" in done.stdout + done.stderr


def test_check_of_a_practice_copy(tmp_path):
    """The notebook's own answers, in a copy with a broken cell elsewhere."""
    notebook = nbformat.read(practice.notebook_path(4), as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("%matplotlib inline\n1 / 0"))
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    done = interview("check", 4, "mine.ipynb", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    stub = practice.make_copy(notebook, "04.ipynb")
    nbformat.write(stub, tmp_path / "stub.ipynb")
    done = interview("check", 4, "stub.ipynb", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout == "✗ run_training_loop: not written yet\n"


def test_traceback_on_request(tmp_path):
    (tmp_path / "answer.py").write_text("1 / 0\n")
    done = interview("check", 4, "answer.py", "--traceback", cwd=tmp_path)
    assert "Traceback" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["-p", "EPOCS", "3"], "no parameter EPOCS"),
        (["-p", "EPOCHS", "many"], "EPOCHS of 04_custom_training_loop is int"),
    ],
)
def test_run_refuses_wrong_parameters(arguments, complaint):
    done = invoke("run", 4, *arguments)
    assert done.exit_code == 1
    assert complaint in done.output


def test_run_writes_notebook_and_html(tmp_path, monkeypatch):
    """A small notebook with real results, through the real papermill."""
    cells = [
        nbformat.v4.new_code_cell("EPOCHS = 2", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(
            "from helpers import results\nresults.show({'epochs': EPOCHS})",
            metadata={"tags": ["results"]},
        ),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    monkeypatch.setattr(practice, "ROOT", tmp_path)
    monkeypatch.setattr(practice, "NOTEBOOKS", tmp_path)
    monkeypatch.setattr(running, "RUNS", tmp_path / "runs")
    nbformat.write(notebook, tmp_path / "05_small.ipynb")
    done = invoke("run", 5, "--reduced", "-p", "EPOCHS", "7")
    assert done.exit_code == 0, done.output
    assert "epochs" in done.output
    assert "7" in done.output.split("epochs")[-1].splitlines()[0]
    assert "<html" in (tmp_path / "runs/05_small.html").read_text("utf-8")
    assert (tmp_path / "runs/05_small.ipynb").exists()

    cells[1].source = "1 / 0"
    nbformat.write(notebook, tmp_path / "05_small.ipynb")
    done = invoke("run", 5)
    assert done.exit_code == 1
    assert "ZeroDivisionError" in done.output


def test_render_replaces_only_what_ran(tmp_path):
    cells = [nbformat.v4.new_code_cell("print(1 + 1)")]
    notebook = nbformat.v4.new_notebook(cells=cells)
    target = tmp_path / "05_small.ipynb"
    nbformat.write(notebook, target)
    running.render(target)
    rendered = nbformat.read(target, as_version=4)
    assert rendered.cells[0].outputs[0].text == "2\n"
    assert "execution" not in rendered.cells[0].metadata
    assert rendered.cells[0].id == cells[0].id
    rendered.cells[0].source = "1 / 0"
    nbformat.write(rendered, target)
    before = target.read_bytes()
    with pytest.raises(running.RunError, match="ZeroDivisionError"):
        running.render(target)
    assert target.read_bytes() == before
