"""A new question needs its four places and no change anywhere else.

The test runs in a copy of the project with question 4 and the new one, which is pure
NumPy, so that rendering it doesn't import TensorFlow.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.notebooks import test_anatomy
from tests.support import ROOT

LEFT_OUT = shutil.ignore_patterns(
    *(".*", "__pycache__", "practice", "runs", "*.egg-info"),
    *("[01][0-9]_*.ipynb", "q[01][0-9]", "q[01][0-9].py"),
)
KEPT = ("notebooks/04_*.ipynb", "interview/checks/q04", "helpers/*.py")
NEW = ("notebooks/11_", "helpers/q11.py", "interview/checks/q11/", "tests/answers/q11/")

# The code that replaces a stub's TODO; in prose the words after TODO stay.
CODE = {
    "the example by hand": "print(np.exp([0, 1]).round(2))",
    "the drawing": (
        "figure, axis = plt.subplots()\n"
        "axis.plot(np.exp(np.arange(4.0)))\n"
        'plots.show(figure, "A curve that rises faster and faster, from 1 to 20.")'
    ),
    "the other imports": "import numpy as np",
    "load the data": "scores = np.arange(3.0)\nprint(scores.shape)",
    "one table": "print(solve(scores).round(3))",
    "main(load_data": (
        "def main(load_data=lambda: np.arange(3.0)):\n"
        "    print(solve(load_data()).max().round(3))"
    ),
    "call main": "main(lambda: scores)",
    "trap": "print(scores / scores.sum())",
    "a short broken": "def repair(scores):\n    return scores / len(scores)",
    "explore.explore": (
        "def draw(power):\n"
        "    figure, axis = plt.subplots()\n"
        "    axis.plot(scores**power)\n"
        "    return figure\n\n\n"
        'explore.explore(draw, alt="Three points on a line from 0 to 2.", power=(1, 3))'
    ),
    "the other numbers": "# Nothing else is measured.",
}
ANSWERS = {
    "solve": "powers = np.exp(scores)\n    return powers / powers.sum()",
    "repair": "return scores / scores.sum()",
    "extend": "return np.log(solve(scores))",
}
CLAIMS = {
    "solve": "np.exp(SCORES) / np.exp(SCORES).sum()",
    "repair": "SCORES / SCORES.sum()",
    "extend": "SCORES - np.log(np.exp(SCORES).sum())",
}
# For each answer two edits of its last line.
MUTANTS = {
    "powers / powers.sum()": ("powers", "powers / 2"),
    "scores / scores.sum()": ("scores", "scores / 2"),
    "np.log(solve(scores))": ("solve(scores)", "np.log(scores + 1)"),
}
CLAIM = '''"""`{name}`: its numbers."""

import numpy as np

from interview.checks.claims import Part, need

part = Part("{name}")
SCORES = np.arange(3.0)


@part.claim("gives the right numbers")
def right_numbers({name}):
    right, got = {right}, {name}(SCORES)
    need(
        np.allclose(got, right),
        expected=f"{{right}}",
        got=f"{{got}}",
        hint="what do they sum to?",
    )
'''


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project with question 4 and the stubs of question 11."""
    copy = tmp_path_factory.mktemp("project") / "copy"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
    for pattern in KEPT:
        for path in ROOT.glob(pattern):
            target = copy / path.relative_to(ROOT)
            take = shutil.copytree if path.is_dir() else shutil.copy
            take(path, target)
    return copy


def python(project: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Python in the copy, whose packages come before those that are installed."""
    dropped = ("PYTEST_", "KERAS_INTERVIEW")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env={**environment, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
    )


def interview(project: Path, *arguments: str) -> str:
    done = python(project, "-m", "interview", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def run_tests(project: Path, *files: str) -> subprocess.CompletedProcess:
    return python(project, "-m", "pytest", "-q", "-p", "no:cacheprovider", *files)


def hashes(project: Path) -> dict[str, str]:
    """A hash of each file that isn't question 11's and that no command writes."""
    files = [path for path in project.rglob("*") if path.is_file()]
    names = {path.relative_to(project).as_posix(): path for path in files}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in names.items()
        if not name.startswith((*NEW, "runs/", "practice/")) and ".pyc" not in name
    }


def fill(project: Path) -> None:
    """Write the tiny question into the stubs."""
    (path,) = project.glob("notebooks/11_*.ipynb")
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        for name, body in ANSWERS.items():
            stub = rf"def {name}\(\):.*### END SOLUTION"
            answer = (
                f"def {name}(scores):\n"
                '    """Scores (n,) to numbers (n,)."""\n'
                f"    ### BEGIN SOLUTION\n    {body}\n    ### END SOLUTION"
            )
            cell.source = re.sub(stub, answer, cell.source, flags=re.DOTALL)
        if cell.cell_type == "code":
            cell.source = re.sub(r"import (keras|helpers.quiet.*)\n?", "", cell.source)
            for words, code in CODE.items():
                cell.source = re.sub(
                    rf"# TODO: {re.escape(words)}.*", code, cell.source
                )
        cell.source = re.sub(r"TODO:? ?", "", cell.source)
    minutes = round(test_anatomy.reading_minutes(notebook))
    first = notebook.cells[0]
    first.source = re.sub(r"60 minutes.*(?= \|)", f"{minutes} minutes", first.source)
    nbformat.write(notebook, path)
    for place in NEW[1:]:
        for stub in project.glob(f"{place}**/*" if place.endswith("/") else place):
            if stub.is_file():
                stub.write_text(
                    re.sub(r"TODO:? ?", "", stub.read_text("utf-8")), "utf-8"
                )
    for name, right in CLAIMS.items():
        module = project / f"interview/checks/q11/{name}.py"
        module.write_text(CLAIM.format(name=name, right=right), "utf-8")
    definitions = [f"def {n}(scores):\n    {body}\n" for n, body in ANSWERS.items()]
    for name in ("plain", "another"):
        answer = project / f"tests/answers/q11/right/{name}.py"
        text = "\n\n".join(["import numpy as np\n", *definitions])
        answer.write_text(text, "utf-8")
    edits = [(old, new) for old, both in MUTANTS.items() for new in both]
    mutants = [
        f'[mutant_{n}]\nwhy = "It is."\nsays = "what do they sum to?"\n'
        f'old = "return {old}"\nnew = "return {new}"\n'
        for n, (old, new) in enumerate(edits)
    ]
    answers = project / "tests/answers/q11/mutants.toml"
    answers.write_text("\n".join(mutants), "utf-8")


def test_a_question_more_is_taken_by_all_that_there_is(project):
    before = hashes(project)
    done = python(project, "tools/new_question.py", "11", "softmax_by_hand")
    assert done.returncode == 0, done.stderr
    again = python(project, "tools/new_question.py", "11", "softmax")
    assert again.returncode == 1
    assert "is there already" in again.stderr

    # With stubs only, each place is named, and no other test fails.
    done = run_tests(project, "tests/test_questions.py", "tests/notebooks", "-k", "11")
    assert done.returncode == 1
    last = done.stdout.splitlines()[-1]
    assert re.match(r"1 failed, (\d+ passed, )?\d+ skipped, ", last), last
    for place in NEW:
        assert re.search(rf"^E +{place}\S*, .*TODO", done.stdout, re.MULTILINE), place

    fill(project)
    interview(project, "render", "11")
    done = run_tests(
        project,
        *("tests/test_questions.py", "tests/notebooks/test_anatomy.py"),
        *("tests/checks/test_registry.py", "tests/checks/test_answers.py", "-k", "11"),
    )
    assert done.returncode == 0, done.stdout[-3000:]

    assert "Softmax by hand" in interview(project, "list")
    interview(project, "start", "11")
    answer = "tests/answers/q11/right/plain.py"
    assert "✓ question 11" in interview(project, "check", "11", answer)
    assert "def solve(scores)" in interview(project, "answer", "11")
    assert "the first hint" in interview(project, "hint", "11")
    interview(project, "cards")
    interview(project, "sheet", "11")
    interview(project, "slides", "11")
    interview(project, "site")
    stem = "11_softmax_by_hand"
    assert (project / f"practice/{stem}.ipynb").exists()
    for page in (f"sheets/{stem}.html", f"slides/{stem}.html"):
        assert "Softmax by hand" in (project / "runs" / page).read_text("utf-8")
    front = (project / "runs/site/index.html").read_text("utf-8")
    assert "what a reader can say after this notebook" in front
    assert f"notebooks/{stem}.html" in front
    assert hashes(project) == before
