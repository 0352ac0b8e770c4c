"""The whole programs that `interview answer` prints run as files, without our helpers.

They run on rows of the bundled samples, in place of the data that `keras.datasets`
would download.
"""

import os
import re
import subprocess
from pathlib import Path

import pytest

from interview import questions
from interview.judging import judge
from tests.support import ROOT, number_of

RUNNER = "tests.notebooks.run_program"
NO_NETWORK = """
def no_network(*_args, **_kwargs):
    raise OSError("the test has no network")
"""


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
    done = run(questions.program(number_of(path)), tmp_path, warm_python)
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
