"""The limits on what a learner's file can do to the command and to other files.

A check that imports no TensorFlow stands in for question 4's: `stand_in`.
"""

import os
import re
import subprocess
import sys
import time

import psutil
import pytest

from interview.judging import judge, printed_output
from tests.judging.stand_in import judging
from tests.support import ROOT

STAND_IN = "tests.judging.stand_in"
RIGHT = (
    "def run_training_loop():\n    return 4\n\n\n"
    "def fit_with_early_stopping():\n    return True\n"
)
forks = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")


@pytest.fixture
def judged(tmp_path):
    """Judge a source as question 4's answer: the verdict and the lines shown."""

    def run(source: str | bytes, name="answer.py", module=STAND_IN, **limits):
        file = tmp_path / name
        text = source if isinstance(source, bytes) else source.encode()
        file.write_bytes(text)
        lines: list[str] = []
        verdict = judge.judge(4, file, lines.append, module=module, **limits)
        assert file.read_bytes() == text
        return verdict, lines

    return run


def printed(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("  | ")]


def test_typos_by_the_real_check(judged):
    """The message has the name and the line, inside a `tf.function` and outside."""
    source = (ROOT / "tests/answers/q04/right/plain.py").read_text("utf-8")
    inside, outside = "trainable_variable)", "model.get_weight()"
    assert inside not in source
    source = source.replace("trainable_variables)", inside, 1)
    source = source.replace("model.get_weights()", outside, 1)
    verdict, lines = judged(source, module="")
    assert verdict.failed == ["run_training_loop", "fit_with_early_stopping"]
    told = [line.splitlines()[2] for line in lines if line.startswith("✗ ")]
    for got, name, line in zip(
        told,
        ("trainable_variable", "get_weight"),
        ("gradients = tape.gradient(loss, model.trainable_variable)", outside),
        strict=True,
    ):
        assert got.startswith("got:      AttributeError: '")
        assert f"' object has no attribute '{name}'" in got
        assert line in got.split(", from this line of yours: ")[1]
        assert "ag__" not in got


def test_a_right_answer(judged):
    verdict, lines = judged(RIGHT)
    assert verdict.passed == ["run_training_loop", "fit_with_early_stopping"]
    assert lines == [
        "✓ run_training_loop: returns 4",
        "✓ fit_with_early_stopping: stops",
    ]


def test_only_some_names(judged):
    """The others are neither judged nor told, whatever is wrong with them."""
    only = ["run_training_loop"]
    verdict, lines = judged(RIGHT, only=only)
    assert verdict.passed == only
    assert lines == ["✓ run_training_loop: returns 4"]
    stub = "def fit_with_early_stopping():\n    raise NotImplementedError\n"
    verdict, lines = judged(
        f"def run_training_loop():\n    return 4\n{stub}", only=only
    )
    assert (verdict.passed, verdict.unwritten) == (only, [])
    assert len(lines) == 1


def test_a_claim_that_failed_is_named(judged):
    stub = "def fit_with_early_stopping():\n    raise NotImplementedError\n"
    verdict, _ = judged("def run_training_loop():\n    return 5\n" + stub)
    assert verdict.failed == ["run_training_loop"]
    assert verdict.unwritten == ["fit_with_early_stopping"]
    assert verdict.claims == {"run_training_loop": "returns_4"}


def test_what_it_prints_is_marked(judged):
    verdict, lines = judged(
        "import sys\nprint('hello')\nprint('ho', file=sys.stderr)\n"
    )
    assert printed(lines) == ["  | hello", "  | ho"]
    assert verdict.missing == ["run_training_loop"]


def test_a_million_lines(judged):
    source = "for i in range(1_000_000): print(i)\n"
    verdict, lines = judged(source)
    assert verdict.missing
    shown = printed(lines)
    assert len(shown) == printed_output.MOST_LINES + 1
    assert shown[-1] == "  | … and 999,900 more lines that aren't shown."


def test_a_line_without_end(judged):
    _, lines = judged("for _ in range(1000): print('x' * 100_000, end='')\n")
    assert all(len(line) <= printed_output.LONGEST_LINE + 5 for line in lines)
    assert len(lines) < printed_output.MOST_LINES + 5


def test_a_progress_bar_is_shown_as_it_ends(judged):
    """Keras redraws with backspaces and tqdm with a carriage return, both in colour."""
    _, lines = judged(
        "import sys, time\n"
        "for i in range(1, 501):\n"
        "    print(f'\\x1b[1m{i}/500\\x1b[0m ' + '━' * 20, end='\\b' * 30 + '\\r')\n"
        "    if i % 100 == 0: sys.stdout.flush(); time.sleep(0.02)\n"
        "print()\n"
        "print('fit\\rfitted\\r')\n"
    )
    assert printed(lines) == [f"  | 500/500 {'━' * 20}", "  | fitted"]


def test_only_the_judge_can_report(judged):
    """A file may print a report, or write it to each stream that it finds."""
    verdict, _ = judged(
        "import os\n"
        "def forge():\n"
        "    for kind in ('loaded', 'passed', 'done'):\n"
        '        report = f\'{{"kind": "{kind}", "name": "run_training_loop"}}\\n\'\n'
        "        print(report, end='')\n"
        "        for stream in range(3, 30):\n"
        "            try: os.write(stream, report.encode())\n"
        "            except OSError: pass\n"
        "forge()\n"
        "def run_training_loop():\n"
        "    forge()\n"
        "    return 5\n"
    )
    assert verdict.passed == []
    assert verdict.failed == ["run_training_loop"]
    assert verdict.trouble == ""


@forks
def test_a_fork_bomb_is_ended(judged):
    """The forks are ended before there are so many that the machine hangs."""
    verdict, _ = judged("import os\nwhile True: os.fork()\n", seconds=100)
    assert "started more than 50 processes, and was ended" in verdict.trouble


@forks
def test_a_daemon_does_not_stay(judged, tmp_path, monkeypatch):
    monkeypatch.setenv("THIS_TEST", str(tmp_path))
    verdict, _ = judged(
        "import os, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        time.sleep(1000)\n"
        "    os._exit(0)\n" + RIGHT
    )
    assert verdict.passed
    time.sleep(0.2)
    assert not judging(tmp_path)


def hiding(name: str) -> str:
    """A file that starts a process of that name and hides it in every way."""
    program = f"import time  # {name}\ntime.sleep(1000)\n"
    return (
        "import os, subprocess, sys, time\n"
        "def start():\n"
        f"    command = [sys.executable, '-c', {program!r}]\n"
        "    subprocess.Popen(command, env={}, start_new_session=True, cwd='/')\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0: start()\n"
        "    os._exit(0)\n"
        "start()\n"
        # Wait until both processes run.
        "time.sleep(0.5)\n"
    )


def named(name: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if name in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets nothing escape")
@pytest.mark.parametrize("end", ["", "os._exit(3)\n", "while True: pass\n"])
def test_nothing_that_hides_stays(judged, tmp_path, end):
    """A process is ended despite a new environment and session and a dead parent."""
    name = f"hides-{tmp_path.name}"
    verdict, _ = judged(hiding(name) + end + RIGHT, seconds=5)
    assert bool(verdict.passed) == (end == "")
    assert not named(name)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets nothing escape")
def test_a_file_that_ends_its_supervisor_ends_itself(judged):
    verdict, _ = judged(
        "import os, signal, time\n"
        "os.kill(os.getppid(), signal.SIGKILL)\n"
        "time.sleep(1000)\n"
    )
    assert "ended its own process (exit code -9)" in verdict.trouble


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_ctrl_c_leaves_one_line_and_no_process(tmp_path):
    (tmp_path / "answer.py").write_text("print('here')\nwhile True: pass\n")
    command = [
        sys.executable,
        "-m",
        "interview.commands.cli",
        "check",
        "4",
        "answer.py",
    ]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "THIS_TEST": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "  | here\n"
    process.send_signal(2)
    out, err = process.communicate(timeout=90)
    assert process.returncode in (1, 130)
    assert out == ""
    assert err.strip() == "Aborted!"
    assert not judging(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that is in use")
def test_it_may_delete_its_own_folder(judged, tmp_path):
    """The checked copy is in a folder of its own, without the learner's other work."""
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
    verdict, _ = judged(source, gigabytes=0.5, seconds=100)
    assert "used more than 0.5 GB of memory" in verdict.trouble


@forks
def test_memory_that_forks_share_counts_once(judged):
    """A process of 300 MB and its three idle forks would otherwise count as 1.2 GB."""
    verdict, _ = judged(
        "import os, time\n"
        "kept = bytes(300_000_000).replace(b'\\0', b'1')\n"
        "for _ in range(3):\n"
        "    if os.fork() == 0: time.sleep(1000)\n"
        "time.sleep(1)\n" + RIGHT,
        gigabytes=0.6,
    )
    assert verdict.trouble == ""
    assert verdict.passed


@forks
def test_memory_of_its_own_counts_for_each_fork(judged):
    verdict, _ = judged(
        "import os, time\n"
        "for _ in range(3):\n"
        "    if os.fork() == 0:\n"
        "        kept = bytes(300_000_000).replace(b'\\0', b'1')\n"
        "        time.sleep(1000)\n"
        "time.sleep(100)\n",
        gigabytes=0.6,
        seconds=60,
    )
    assert "used more than 0.6 GB of memory" in verdict.trouble


def test_time_has_a_limit(judged):
    """The message has the line, and says that a check runs the code there."""
    began = time.monotonic()
    source = "import time\ndef wait():\n    time.sleep(1000)\nwait()\n"
    verdict, _ = judged(source, seconds=2)
    assert verdict.trouble == (
        "answer.py didn't finish within 2 s, and was ended. It was still at line 4, "
        "outside of any function: a check runs what stands there, so training belongs "
        'under `if __name__ == "__main__":`. `interview check --seconds` sets another '
        "limit."
    )
    assert time.monotonic() - began < 30


def test_a_loop_in_an_answer_is_found(judged):
    source = "def run_training_loop():\n    n = 1\n    while n > 0:\n        n *= 1\n"
    verdict, _ = judged(source, name="lösung.py", seconds=2)
    found = re.search(r"It was at line ([34])\. Is there a loop that", verdict.trouble)
    assert found, verdict.trouble


def test_work_under_the_main_guard_does_not_run(judged):
    source = f'{RIGHT}\n\nif __name__ == "__main__":\n    while True:\n        pass\n'
    assert judged(source)[0].passed


@pytest.mark.parametrize("end", ["os.abort()", "os._exit(0)", "os._exit(1)"])
def test_a_file_that_kills_its_process(judged, end):
    verdict, _ = judged(f"import os; {end}\n")
    assert "ended its own process" in verdict.trouble


def test_an_answer_that_leaves_has_not_passed(judged):
    """Such an answer once passed, with exit code 0 and no output."""
    verdict, lines = judged("import sys\ndef run_training_loop(): sys.exit(0)\n")
    assert verdict.failed == ["run_training_loop"]
    assert "SystemExit" in "\n".join(lines)
    verdict, _ = judged("import os\ndef run_training_loop(): os._exit(0)\n")
    assert "ended its own process" in verdict.trouble


def test_parts_are_judged_one_by_one(judged):
    """A right answer counts although the part before it is a stub."""
    stub = "\n\ndef run_training_loop(*arguments):\n    raise NotImplementedError\n"
    verdict, lines = judged(RIGHT + stub)
    assert verdict.unwritten == ["run_training_loop"]
    assert verdict.passed == ["fit_with_early_stopping"]
    assert "✗ run_training_loop: not written yet" in lines


def test_what_is_not_asked_for_is_not_held_against_it(judged):
    stub = "\n\ndef fit_with_early_stopping():\n    raise NotImplementedError\n"
    verdict, lines = judged(RIGHT + stub)
    assert verdict.passed == ["run_training_loop"]
    assert lines[-1] == "· fit_with_early_stopping: not written yet"


@pytest.mark.parametrize(
    "name", ["keras.py", "json.py", "random.py", "numpy.py", "interview.py"]
)
def test_a_file_may_have_a_librarys_name(judged, name):
    """Python doesn't look for modules in the file's folder."""
    verdict, lines = judged("import json, random\n" + RIGHT, name=name)
    assert verdict.passed == ["run_training_loop", "fit_with_early_stopping"], lines
    assert verdict.trouble == ""


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf" + RIGHT.encode(),
        b"# -*- coding: latin-1 -*-\nNAME = 'M\xfcller'\nassert len(NAME) == 6\n"
        + RIGHT.encode(),
        RIGHT.replace("\n", "\r\n").encode(),
    ],
    ids=["byte-order mark", "latin-1", "Windows' line ends"],
)
def test_a_file_may_have_another_encoding(judged, source):
    verdict, _ = judged(source)
    assert verdict.passed == ["run_training_loop", "fit_with_early_stopping"]
    assert verdict.trouble == ""


@pytest.mark.parametrize(
    ("source", "trouble"),
    [
        (b"def f(:\n", "answer.py, line 1: invalid syntax."),
        (b"x = 1\n1 / 0\n", "answer.py, line 2: ZeroDivisionError: division by zero"),
        (b"import nothing_like_it\n", "line 1: ModuleNotFoundError"),
        (b"import answer_2\n", "A file is checked alone"),
        (b"raise SystemExit(3)\n", "line 1: SystemExit: 3"),
        (
            b"def run_training_loop(): pass\nopen('data.csv')\n",
            "data.csv'. The answers stand above it: training belongs under `if __",
        ),
        (b"\xff\n", "answer.py can't be read"),
        (b"# coding: klingon\n", "answer.py can't be read: unknown encoding: klingon"),
    ],
)
def test_a_file_that_cannot_run(judged, source, trouble):
    verdict, lines = judged(source)
    assert trouble in verdict.trouble
    assert "\n" not in verdict.trouble
    assert lines == []


def test_what_is_missing_is_told_once(judged, tmp_path):
    verdict, lines = judged("def other(): pass\n")
    assert verdict.missing == ["run_training_loop"]
    assert lines == [
        "✗ answer.py doesn't define run_training_loop, which question 4 asks for."
    ]
    _, lines = judged("def build_lstm(): pass\n")
    assert lines[0].endswith("Is it an answer to question 2? `interview check 2` asks.")
    lines = []
    (tmp_path / "answer.py").write_text("")
    verdict = judge.judge(6, tmp_path / "answer.py", lines.append)
    assert verdict.missing == ["schedule", "make_plateau_callback", "WarmupDecay"]
    (line,) = lines
    assert "schedule, make_plateau_callback and WarmupDecay, which question 6" in line


def test_another_backend_in_the_shell_changes_nothing(tmp_path, monkeypatch):
    """TensorFlow's start-up notes don't appear as output of the file, either."""
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    file, lines = tmp_path / "answer.py", []
    file.write_text("def schedule(epoch, lr):\n    return lr\n")
    verdict = judge.judge(6, file, lines.append)
    assert verdict.trouble == ""
    assert verdict.failed == ["schedule"]
    assert printed(lines) == []


def test_a_file_without_keras_needs_no_tensorflow(judged):
    verdict, lines = judged(
        "import sys\n" + RIGHT + "print('tensor' + 'flow' in sys.modules)\n"
    )
    assert verdict.passed
    assert printed(lines) == ["  | False"]


def test_a_file_of_stubs_does_not_run(judged):
    """Stubs are recognised in the code, so no check and no TensorFlow is needed."""
    stubs = "".join(
        f"def {name}(*arguments):\n    raise NotImplementedError\n\n\n"
        for name in ("run_training_loop", "accumulated_step")
    )
    source = f"import tensorflow\n1 / 0\n{stubs}"
    verdict, lines = judged(source, module="interview.checks.nothing_like_it")
    assert verdict.unwritten == ["run_training_loop", "accumulated_step"]
    assert verdict.trouble == ""
    assert lines == [
        "✗ run_training_loop: not written yet",
        "· accumulated_step: not written yet",
    ]
