"""The whole programs that `interview answer` prints run as files, without our helpers.

They run on the tests' short settings, with rows of the bundled samples in place of the
data that `keras.datasets` would download.
"""

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

from interview import questions
from interview.checks import registry
from interview.judging import judge
from interview.publishing import execution
from tests.support import ROOT, number_of

RUNNER = "tests.notebooks.run_program"
NO_NETWORK = """
def no_network(*_args, **_kwargs):
    raise OSError("the test has no network")
"""


def shortened(program: str, short: dict) -> str:
    """The program with its settings replaced by the tests' short ones."""
    lines = program.splitlines()
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in short:
                span = slice(node.lineno - 1, node.end_lineno)
                indent = " " * node.col_offset
                lines[span] = [f"{indent}{name} = {short[name]!r}"] + [""] * (
                    node.end_lineno - node.lineno
                )
    return "\n".join(lines) + "\n"


def run(program: str, folder: Path, command: list[str]) -> subprocess.CompletedProcess:
    file = folder / "program.py"
    file.write_text(program, "utf-8")
    return subprocess.run(
        [*command, RUNNER, str(file)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )


def test_program_runs_as_a_file(path, warm_python, tmp_path):
    number = number_of(path)
    short = registry.of(number).reduced
    program = shortened(questions.program(number), short)
    done = run(program, tmp_path, warm_python)
    assert done.returncode == 0, done.stderr[-3000:]
    # The program ends in an evaluation, which prints something.
    assert done.stdout.strip()


@pytest.mark.quick(6)
def test_program_can_be_checked(path, tmp_path):
    """The program can be checked without a network and without its training."""
    file, number = tmp_path / "program.py", number_of(path)
    program = questions.program(number)
    offline = re.sub(r"keras\.datasets\.\w+\.load_data", "no_network", program)
    file.write_text(f"{NO_NETWORK}\n{offline}", "utf-8")
    lines: list[str] = []
    verdict = judge.judge(number, file, lines.append)
    assert verdict.trouble == ""
    assert set(verdict.passed) >= set(questions.read(number).asked), lines
    assert not any(line.startswith("  | ") for line in lines)


def test_settings_are_shortened():
    program = "EPOCHS = 20\nNAMES = [\n    1,\n]\nTRAIN_SIZE = (\n    9000\n)\nx = 1"
    found = shortened(program, {"EPOCHS": 1, "TRAIN_SIZE": 2000})
    short = "EPOCHS = 1 NAMES = [ 1, ] TRAIN_SIZE = 2000 x = 1"
    assert found.split() == short.split()


def test_each_short_setting_is_of_the_notebook_or_its_program(path, notebook):
    program = ast.parse(questions.program(number_of(path)))
    known = {node.id for node in ast.walk(program) if isinstance(node, ast.Name)}
    known |= set(execution.parameters_of(notebook))
    assert set(registry.of(number_of(path)).reduced) <= known


def test_what_a_program_loads_is_the_sample_and_errors_show(warm_python, tmp_path):
    program = (
        "import keras\n"
        "(x, y), (x_test, y_test) = keras.datasets.mnist.load_data()\n"
        "print(len(x), len(y_test))\n"
        "(texts, labels), _ = keras.datasets.imdb.load_data(num_words=100)\n"
        "assert max(map(max, texts)) < 100\n"
        "no_such_name\n"
    )
    done = run(program, tmp_path, warm_python)
    assert "320 192" in done.stdout
    assert done.returncode == 1
    assert "NameError: name 'no_such_name'" in done.stderr
