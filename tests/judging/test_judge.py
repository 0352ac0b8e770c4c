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
from interview.judging.judge import Verdict
from tests.judging.stand_in import judging
from tests.support import ROOT

STAND_IN = "tests.judging.stand_in"
ASKED, OTHER = "run_training_loop", "fit_with_early_stopping"
TICKS = [f"✓ {ASKED}: returns 4", f"✓ {OTHER}: stops"]
LOOP = "def run_training_loop():\n    return 4\n\n\n"
RIGHT = f"{LOOP}def fit_with_early_stopping():\n    return True\n\n\n"
forks = pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")


@pytest.fixture
def judged(tmp_path):
    """Judge a source as question 4's answer: the verdict and the lines shown."""

    def run(
        source: str | bytes,
        name="answer.py",
        number=4,
        module=STAND_IN,
        only=(),
        **limits,
    ):
        file = tmp_path / name
        text = source if isinstance(source, bytes) else source.encode()
        file.write_bytes(text)
        lines: list[str] = []
        verdict = judge.judge(
            number, file, lines.append, judge.Limits(**limits), module=module, only=only
        )
        assert file.read_bytes() == text
        return verdict, lines

    return run


def printed(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("  | ")]


def test_typos_by_the_real_check(judged):
    """The message has the name and the line, inside a `tf.function` and outside."""
    source = (ROOT / "tests/answers/q04/right/plain.py").read_text("utf-8")
    inside, outside = "trainable_variable)", "model.get_weight()"
    source = source.replace("trainable_variables)", inside, 1)
    source = source.replace("model.get_weights()", outside, 1)
    verdict, lines = judged(source, module="")
    assert verdict.failed == [ASKED, OTHER]
    told = [line.splitlines()[2] for line in lines if line.startswith("✗ ")]
    for got, typo in zip(told, (inside, outside), strict=True):
        error, line = got.split(", from this line of yours: ")
        assert error.startswith("got:      AttributeError: '")
        name = typo.removeprefix("model.").rstrip("()")
        assert f"' object has no attribute '{name}'" in error
        assert typo in line
        assert "ag__" not in got


def stub(name: str) -> str:
    return f"def {name}(*arguments):\n    raise NotImplementedError\n\n\n"


@pytest.mark.parametrize(
    ("source", "verdict", "lines"),
    [
        (RIGHT, Verdict([ASKED, OTHER]), TICKS),
        # A right answer counts although the part before it is a stub.
        (
            RIGHT + stub(ASKED),
            Verdict([OTHER], unwritten=[ASKED]),
            [f"✗ {ASKED}: not written yet", TICKS[1]],
        ),
        # What isn't asked for isn't held against it.
        (
            RIGHT + stub(OTHER),
            Verdict([ASKED], unwritten=[OTHER]),
            [TICKS[0], f"· {OTHER}: not written yet"],
        ),
        (
            LOOP.replace("4", "5"),
            Verdict(failed=[ASKED], claims={ASKED: "returns_4"}),
            [
                f"✗ {ASKED}: returns 4\nexpected: 4\ngot:      5\n"
                "hint:     what is two and two?"
            ],
        ),
    ],
)
def test_parts_are_judged_one_by_one(judged, source, verdict, lines):
    assert judged(source) == (verdict, lines)


@pytest.mark.parametrize("other", ["", stub(OTHER)])
def test_only_some_names(judged, other):
    """The others are neither judged nor told, whatever is wrong with them."""
    assert judged(RIGHT + other, only=[ASKED]) == (Verdict([ASKED]), TICKS[:1])


def test_what_it_prints_is_marked(judged):
    """A file without Keras needs no TensorFlow, either."""
    verdict, lines = judged(
        f"import sys\n{RIGHT}"
        "print('tensor' + 'flow' in sys.modules)\nprint('ho', file=sys.stderr)\n"
    )
    assert printed(lines) == ["  | False", "  | ho"]
    assert verdict.passed


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
    assert verdict.failed == [ASKED]
    assert verdict.trouble == ""


@forks
def test_a_fork_bomb_is_ended(judged):
    """The forks are ended before there are so many that the machine hangs."""
    verdict, _ = judged("import os\nwhile True: os.fork()\n", seconds=100)
    assert "started more than 50 processes, and was ended" in verdict.trouble


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
    every = psutil.process_iter(["cmdline"], ad_value=[])
    return [process for process in every if name in " ".join(process.info["cmdline"])]


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
    process = subprocess.Popen(
        [sys.executable, *["-m", "interview.commands.cli", "check", "4", "answer.py"]],
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
    assert {p.name for p in tmp_path.iterdir()} == {"answer.py", "other_work.ipynb"}
    assert (tmp_path / "other_work.ipynb").read_text() == "hours of it"


def test_memory_has_a_limit(judged):
    source = "kept = []\nwhile True: kept.append(b'1' * 50_000_000)\n"
    verdict, _ = judged(source, gigabytes=0.5, seconds=100)
    assert "used more than 0.5 GB of memory" in verdict.trouble


FILL = "kept = bytes(300_000_000).replace(b'\\0', b'1')\n"


@forks
@pytest.mark.parametrize(("shared", "own"), [(FILL, ""), ("", FILL)])
def test_memory_that_forks_share_counts_once(judged, shared, own):
    """Three idle forks use 0.9 GB only if each has 300 MB of its own."""
    fork = f"for _ in range(3):\n    if os.fork() == 0:\n        {own}"
    fork += "        time.sleep(1000)\n"
    wait = "time.sleep(100)\n" if own else "time.sleep(1)\n"
    source = f"import os, time\n{shared}{fork}{wait}{RIGHT}"
    verdict, _ = judged(source, gigabytes=0.6, seconds=60)
    assert bool(verdict.passed) == bool(shared)
    assert ("used more than 0.6 GB of memory" in verdict.trouble) == bool(own)


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


@pytest.mark.parametrize(
    "source",
    [
        "import os; os.abort()",
        "import os; os._exit(0)",
        "import os; os._exit(1)",
        "import os\ndef run_training_loop(): os._exit(0)\n",
    ],
)
def test_a_file_that_kills_its_process(judged, source):
    verdict, _ = judged(source)
    assert "ended its own process" in verdict.trouble


def test_an_answer_that_leaves_has_not_passed(judged):
    """Such an answer once passed, with exit code 0 and no output."""
    verdict, lines = judged("import sys\ndef run_training_loop(): sys.exit(0)\n")
    assert verdict.failed == [ASKED]
    assert "SystemExit" in "\n".join(lines)


@pytest.mark.parametrize(
    "name", ["keras.py", "json.py", "random.py", "numpy.py", "interview.py"]
)
def test_a_file_may_have_a_librarys_name(judged, name):
    """Python doesn't look for modules in the file's folder."""
    verdict, lines = judged("import json, random\n" + RIGHT, name=name)
    assert verdict.passed == [ASKED, OTHER], lines
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
    assert verdict.passed == [ASKED, OTHER]
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
        # Standard input is empty for the file.
        (b"input()\n", "line 1: EOFError"),
        (b"# coding: klingon\n", "answer.py can't be read: unknown encoding: klingon"),
    ],
)
def test_a_file_that_cannot_run(judged, source, trouble):
    verdict, lines = judged(source)
    assert trouble in verdict.trouble
    assert "\n" not in verdict.trouble
    assert lines == []


def test_what_is_missing_is_told_once(judged):
    verdict, lines = judged("def other(): pass\n")
    assert verdict.missing == [ASKED]
    assert lines == [
        "✗ answer.py doesn't define run_training_loop, which question 4 asks for."
    ]
    _, lines = judged("def build_lstm(): pass\n")
    assert lines[0].endswith("Is it an answer to question 2? `interview check 2` asks.")
    verdict, lines = judged("", number=6)
    assert verdict.missing == ["schedule", "make_plateau_callback", "WarmupDecay"]
    (line,) = lines
    assert "schedule, make_plateau_callback and WarmupDecay, which question 6" in line


def test_another_backend_in_the_shell_changes_nothing(judged, monkeypatch):
    """TensorFlow's start-up notes don't appear as output of the file, either."""
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    source = "def schedule(epoch, lr):\n    return lr\n"
    verdict, lines = judged(source, module="", number=6)
    assert verdict.trouble == ""
    assert verdict.failed == ["schedule"]
    assert printed(lines) == []
