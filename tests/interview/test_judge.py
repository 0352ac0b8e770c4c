"""What a learner's file may do to the command, and to the learner's other files."""

import os
import time

import psutil
import pytest

from interview import judge
from tests.support import ROOT

RIGHT = (ROOT / "tests/right_answers/q04/metrics.py").read_text("utf-8")


@pytest.fixture
def judged(tmp_path):
    """Judge a source as question 4's answer: the verdict and the lines shown."""

    def run(source: str, **limits):
        file = tmp_path / "answer.py"
        file.write_text(source)
        lines: list[str] = []
        verdict = judge.judge(4, file, lines.append, **limits)
        assert file.read_text() == source
        return verdict, lines

    return run


def left_running() -> list[psutil.Process]:
    """Processes that carry the mark of a check of this very user."""
    found = []
    for process in psutil.process_iter():
        try:
            if judge.MARK in process.environ() and process.pid != os.getpid():
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def test_a_right_answer(judged):
    verdict, lines = judged(RIGHT)
    assert verdict.passed == ["run_training_loop", "fit_with_early_stopping"]
    assert not verdict.failed + verdict.missing + verdict.unwritten
    assert verdict.trouble == ""
    assert all(line.startswith("✓ ") for line in lines)


def test_what_it_prints_is_marked(judged):
    verdict, lines = judged(
        "import sys\nprint('hello')\nprint('ho', file=sys.stderr)\n"
    )
    assert [x for x in lines if x.startswith("  | ")] == ["  | hello", "  | ho"]
    assert verdict.missing == ["run_training_loop"]


def test_a_million_lines(judged):
    source = "for i in range(1_000_000): print(i)\n"
    verdict, lines = judged(source)
    assert verdict.missing
    shown = [line for line in lines if line.startswith("  | ")]
    assert len(shown) == judge.MOST_LINES + 1
    assert shown[-1] == "  | … and 999,900 more lines that aren't shown."


def test_a_line_without_end(judged):
    _, lines = judged("for _ in range(1000): print('x' * 100_000, end='')\n")
    assert all(len(line) <= judge.LONGEST_LINE + 5 for line in lines)
    assert len(lines) < judge.MOST_LINES + 5


def test_a_report_of_its_own_is_only_output(judged):
    verdict, _ = judged('print(\'{"event": "passed", "name": "run_training_loop"}\')\n')
    assert verdict.passed == []


def test_a_fork_bomb_is_ended(judged):
    verdict, _ = judged("import os\nwhile True: os.fork()\n", seconds=100)
    assert "was ended" in verdict.trouble
    assert ("processes" in verdict.trouble) or ("memory" in verdict.trouble)


def test_a_daemon_does_not_stay(judged):
    verdict, _ = judged(
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(1000)\n"
        "    os._exit(0)\n"
        "def run_training_loop(*arguments): raise NotImplementedError\n"
    )
    assert verdict.unwritten == ["run_training_loop"]
    time.sleep(0.2)
    assert not [
        p
        for p in left_running()
        if p.status() != psutil.STATUS_ZOMBIE and "answer.py" in " ".join(p.cmdline())
    ]


def test_it_may_delete_its_own_folder(judged, tmp_path):
    """It sits in a folder of its own: the learner's other work isn't there."""
    (tmp_path / "other_work.ipynb").write_text("hours of it")
    judged(
        "import os, pathlib, shutil\n"
        "assert os.listdir('.') == ['answer.py']\n"
        "shutil.rmtree(pathlib.Path.cwd())\n"
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "answer.py",
        "other_work.ipynb",
    ]
    assert (tmp_path / "other_work.ipynb").read_text() == "hours of it"


def test_memory_has_a_limit(judged):
    source = "kept = []\nwhile True: kept.append(b'1' * 50_000_000)\n"
    verdict, _ = judged(source, gigabytes=2, seconds=100)
    assert "used more than 2 GB of memory" in verdict.trouble


def test_time_has_a_limit(judged):
    began = time.monotonic()
    verdict, _ = judged("while True: pass\n", seconds=2)
    assert "didn't finish within 2 s" in verdict.trouble
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("end", ["os.abort()", "os._exit(0)"])
def test_a_file_that_kills_its_process(judged, end):
    verdict, _ = judged(f"import os; {end}\n")
    assert "ended its own process" in verdict.trouble


def test_parts_are_judged_one_by_one(judged):
    """A stub first, a right answer after it: the second counts."""
    stub = "\n\ndef run_training_loop(*arguments):\n    raise NotImplementedError\n"
    verdict, lines = judged(RIGHT + stub)
    assert verdict.unwritten == ["run_training_loop"]
    assert verdict.passed == ["fit_with_early_stopping"]
    assert "✗ run_training_loop: not written yet" in lines
