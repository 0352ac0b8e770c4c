"""`interview watch` as a learner has it: files are saved, keys pressed, signals sent.

A check that imports no TensorFlow stands in for question 4's: `stand_in`.
"""

import contextlib
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time

import pexpect
import psutil
import pytest
import watchfiles

from interview import study_notebooks
from interview.judging import judge
from interview.judging.spare_worker import DIED, SpareWorker
from interview.practising import record_file
from interview.practising.watch import loop
from tests.judging.stand_in import judging, workers
from tests.support import ROOT, move

STAND_IN = "tests.judging.stand_in"
RIGHT = "def run_training_loop():\n    return 4\n"
WRONG = RIGHT.replace("4", "5")
STUB = "def run_training_loop():\n    raise NotImplementedError\n"
ENDLESS = "print('begun')\nwhile True: pass\n"
# Seconds to wait for an event; far more than any of them takes.
PATIENCE = 30
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


def environment(folder) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "KERAS_INTERVIEW_PRACTICE": str(folder / "practice"),
        "THIS_TEST": str(folder),
    }


def command(seconds: float) -> list[str]:
    module = "tests.practising.watch_stand_in"
    return [sys.executable, "-m", module, "answer.py", str(seconds)]


def eventually(holds) -> bool:
    """Whether a condition becomes true within PATIENCE seconds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def is_idle(process: psutil.Process) -> bool:
    """Whether a process has nothing to do, because it has warmed up."""
    before = process.cpu_times()
    time.sleep(0.5)
    return process.cpu_times() == before and sum(before[:2]) > 0


class Watched:
    """A watching command whose output isn't a terminal."""

    def __init__(self, folder, seconds: float = 100) -> None:
        self.folder, self.file = folder, folder / "answer.py"
        self.lines: queue.SimpleQueue = queue.SimpleQueue()
        self.seen: list[str] = []
        self.process = subprocess.Popen(
            command(seconds),
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put("\0")

    def until(self, text: str) -> list[str]:
        """The lines up to the next one that has a text in it, that one too."""
        found = []
        while not found or text not in found[-1]:
            found.append(self.lines.get(timeout=PATIENCE))
        self.seen += found
        return found

    def rest(self) -> list[str]:
        """All lines up to the end."""
        return self.until("\0")[:-1]

    def save(self, text: str) -> None:
        self.file.write_text(text)

    def failures(self) -> list:
        record, _ = record_file.load()
        return record.of(4).attempts[1].failed

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=PATIENCE)


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """Start to watch answer.py, which isn't there yet."""
    move(monkeypatch, practice=tmp_path / "practice")
    begun = []

    def begin(**options) -> Watched:
        begun.append(Watched(tmp_path, **options))
        begun[-1].until("waiting for answer.py")
        return begun[-1]

    yield begin
    for one in begun:
        one.process.kill()
        one.process.wait()


def test_each_save_is_checked_and_recorded(watched):
    watch = watched()
    assert watch.seen[0].startswith("The clock starts at ")
    watch.save(WRONG)
    lines = watch.until("question 4")
    assert re.fullmatch(r"answer\.py, \d\d:\d\d:\d\d", lines[1])
    assert lines[2:] == [
        "✗ run_training_loop: returns 4",
        "expected: 4",
        "got:      5",
        "hint:     what is two and two?",
        "· question 4: 0 of 1 parts right",
    ]
    (failure,) = watch.failures()
    assert (failure.claim, failure.count) == ("returns_4", 1)
    watch.save(RIGHT)
    lines = watch.until("✓ question 4")
    assert re.search(r"passed, \d+ s on the clock$", lines[-1])
    assert "the second round, accumulated_step" in watch.until("Next")[-1]


def test_of_two_saves_in_quick_succession_the_first_is_dropped(watched):
    watch = watched()
    watch.save(ENDLESS)
    watch.save(RIGHT)
    watch.until("✓ question 4: passed")
    assert not any("ended" in line or "finish" in line for line in watch.seen)
    assert watch.failures() == []


def test_a_save_while_another_is_judged(watched):
    watch = watched()
    watch.save(ENDLESS)
    watch.until("  | begun")
    watch.save(RIGHT)
    watch.until("✓ question 4: passed")
    assert watch.failures() == []
    # The process that waits for the next save is the only one.
    assert eventually(lambda: len(workers(watch.folder)) == 1)


def test_what_is_being_typed_is_no_try(watched):
    watch = watched()
    with watch.file.open("w") as file:
        file.write(RIGHT[:22])
        file.flush()
        assert "answer.py, line 1: " in watch.until("not checked")[-1]
        file.write(RIGHT[22:])
    lines = watch.until("✓ question 4: passed")
    assert not any("✗" in line for line in lines)
    assert watch.failures() == []


def test_a_file_is_deleted_and_written_again(watched):
    watch = watched()
    watch.save(WRONG)
    watch.until("question 4")
    watch.file.unlink()
    watch.until("waiting for answer.py")
    watch.save(RIGHT)
    watch.until("✓ question 4: passed")


def test_an_editor_may_replace_the_file(watched):
    """vim and JupyterLab save by renaming another file to this name."""
    watch = watched()
    watch.save(WRONG)
    watch.until("question 4")
    for answer, says in ((RIGHT, "passed"), (WRONG, "0 of 1"), (RIGHT, "passed")):
        other = watch.folder / ".answer.py.swp"
        other.write_text(answer)
        watch.file.rename(watch.folder / "answer.py~")
        other.rename(watch.file)
        watch.until(f"question 4: {says}")


def test_an_endless_loop_is_ended(watched):
    watch = watched(seconds=1)
    watch.save(ENDLESS)
    assert "answer.py didn't finish within 1 s" in watch.until("✗")[-1]
    watch.save(RIGHT)
    watch.until("✓ question 4: passed")


def test_a_process_that_dies_while_it_waits_is_replaced(watched):
    watch = watched()
    assert eventually(lambda: any(map(is_idle, workers(watch.folder))))
    (waiting,) = workers(watch.folder)
    waiting.kill()
    watch.until(DIED)
    watch.save(RIGHT)
    watch.until("✓ question 4: passed")


@pytest.mark.parametrize("moment", ["waiting", "judging", "judged"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"])
def test_no_process_is_left(watched, moment, name):
    watch = watched()
    if moment == "judging":
        watch.save(ENDLESS)
        watch.until("  | begun")
    elif moment == "judged":
        watch.save(RIGHT)
        watch.until("✓ question 4: passed")
    number = getattr(signal, name)
    code = watch.end(number)
    # Processes that were starting, or whose watcher was killed, end by themselves.
    assert eventually(lambda: not judging(watch.folder))
    if name != "SIGKILL":
        assert code == 128 + number
        assert not any("Traceback" in line for line in watch.rest())


class Reader:
    """A view that records the lines, and quits after the first one."""

    has_panel = False

    def __init__(self, last: str) -> None:
        self.lines, self._last = [], last
        self.on_line = lambda line: None

    def say(self, line: str) -> None:
        self.lines.append(line)
        self.on_line(line)

    def clear(self) -> None:
        raise AssertionError("without a panel nothing is cleared")

    def show(self, session, prompt) -> None:
        pass

    def pressed(self) -> str | None:
        return "q" if any(self._last in line for line in self.lines) else None


@pytest.fixture
def watching_here(tmp_path, monkeypatch):
    """Watch answer.py in this very process."""
    move(monkeypatch, practice=tmp_path / "practice")
    monkeypatch.chdir(tmp_path)

    def watch(view: Reader) -> list[str]:
        file, limits = tmp_path / "answer.py", judge.Limits()
        with loop._Watch(4, file, view, limits, STAND_IN) as watch:
            assert watch.until_next() == 0
        return view.lines

    return watch


def test_where_the_system_tells_nothing_the_file_is_looked_at(
    watching_here, tmp_path, monkeypatch
):
    """The system reports nothing on a network drive, or for too many watched files."""

    def refuse(*arguments, **options):
        raise OSError("limit reached")

    monkeypatch.setattr(watchfiles, "watch", refuse)
    view = Reader("✓ question 4: passed")
    view.on_line = lambda line: (
        "limit" in line and (tmp_path / "answer.py").write_text(RIGHT)
    )
    lines = watching_here(view)
    assert "Saves are noticed late: limit reached" in lines


@pytest.mark.parametrize(
    ("first", "cold"),
    [
        ("import os\nos.environ['A'] = '1'\n", True),
        ("tf = None\ndef unused():\n    tf.config.list_physical_devices()\n", True),
        ("environs = {}\n", False),
    ],
)
def test_what_sets_tensorflow_up_has_a_process_of_its_own(
    watching_here, tmp_path, monkeypatch, first, cold
):
    """In that process TensorFlow isn't imported yet, as in `interview check`."""
    taken, take = [], SpareWorker.take

    def note(self, cold=False):
        taken.append(cold)
        return take(self, cold)

    monkeypatch.setattr(SpareWorker, "take", note)
    (tmp_path / "answer.py").write_text(first + RIGHT)
    watching_here(Reader("✓ question 4: passed"))
    assert taken == [cold]


def test_what_cannot_be_read_is_said_once(watching_here, tmp_path, monkeypatch):
    (tmp_path / "answer.py").mkdir()
    looks, signature = [], loop._Watch._signature

    def look(self):
        looks.append(self)
        if len(looks) == 3:
            self._file.rmdir()
            self._file.write_text(RIGHT)
        return signature(self)

    monkeypatch.setattr(loop._Watch, "_signature", look)
    lines = watching_here(Reader("✓ question 4: passed"))
    assert lines.count("not checked: Is a directory.") == 1


def test_what_keeps_a_check_from_beginning_is_said(
    watching_here, tmp_path, monkeypatch
):
    def refuse(*arguments):
        raise OSError("no space left")

    monkeypatch.setattr(judge.Worker, "judge", refuse)
    (tmp_path / "answer.py").write_text(RIGHT)
    lines = watching_here(Reader("can't be checked"))
    assert lines[-1] == "✗ answer.py can't be checked: no space left"


def test_there_must_be_a_folder(watching_here, tmp_path):
    with pytest.raises(
        study_notebooks.NotebookError, match=r"There is no folder mine\."
    ):
        loop._Watch(
            4, tmp_path / "mine" / "answer.py", Reader(""), judge.Limits(), STAND_IN
        )


class Terminal:
    """A watching command in a terminal, with somebody at the keyboard."""

    def __init__(self, folder) -> None:
        self.file = folder / "answer.py"
        program, *arguments = command(seconds=100)
        self.shown = pexpect.spawn(
            program,
            arguments,
            cwd=str(folder),
            env={**environment(folder), "TERM": "xterm", "NO_COLOR": "1"},
            dimensions=(24, 80),
            timeout=PATIENCE,
            encoding="utf-8",
        )

    def save(self, text: str, *shown: str) -> None:
        self.file.write_text(text)
        self.expect(*shown)

    def press(self, keys: str, *shown: str) -> None:
        self.shown.send(keys)
        self.expect(*shown)

    def expect(self, *shown: str) -> None:
        """Each of these texts comes, in this order."""
        for text in shown:
            self.shown.expect_exact(text)

    def end(self, keys: str) -> int:
        self.shown.send(keys)
        self.shown.expect(pexpect.EOF)
        self.shown.close()
        return self.shown.exitstatus


@pytest.fixture
def terminal(tmp_path):
    """A terminal that watches answer.py, which holds the stub."""
    (tmp_path / "answer.py").write_text(STUB)
    terminal = Terminal(tmp_path)
    terminal.expect("not written yet", "checked at")
    yield terminal
    terminal.shown.close(force=True)


def test_from_the_stub_to_all_right(terminal, tmp_path):
    """Three mistakes on the way: a half-written line, a wrong number, an error."""
    terminal.expect("of 25 min", "h hint")
    terminal.press("s", "The second round comes once the question is passed.")
    terminal.press("h", "run_training_loop, 1 of 3", "Hint 1", "1 hint opened")
    terminal.save(RIGHT[:22], "not checked: answer.py, line 1")
    terminal.save(WRONG, "got:      5", "0 of 1 parts right", "✗ run_training_loop")
    terminal.press("w", "No error in your code is behind this.")
    terminal.save(RIGHT.replace("4", "1 / 0"), "got:      ZeroDivisionError", "`w`")
    terminal.press("w", "Traceback", 'answer.py", line 2', "ZeroDivisionError")
    terminal.save(RIGHT, "✓ run_training_loop: returns 4", "✓ question 4: passed, ")
    terminal.expect("Next is the second round, accumulated_step", "checked at")
    terminal.press("s", "Write it into the same file", "accumulated_step(model")
    terminal.press("r", "✓ question 4: passed, first after", "checked at")
    assert terminal.end("q") == 0
    assert not judging(tmp_path)


def test_another_question(terminal, tmp_path):
    """A key leads to another question by number, or to the next one not yet passed."""
    terminal.press("n", "Which question, 1 to 10?", "n: none) ")
    for key, typed in (("8", "8"), ("\x7f", ""), ("7", "7"), ("7", "77")):
        terminal.press(key, f"n: none) {typed}")
    terminal.press("\r", "There is no question 77.")
    terminal.press("n", "Which question")
    terminal.press("n", "h hint")
    terminal.press("n", "Which question")
    terminal.press("\r", "Your copy is practice", "5 · Autoencoder", "of 20 min")
    assert terminal.end("\x03") == 128 + signal.SIGINT
    assert not judging(tmp_path)
    assert (tmp_path / "practice" / "05_autoencoder.ipynb").exists()


def test_the_terminal_is_as_it_was(terminal):
    terminal.end("q")
    assert "\x1b[?25h" in terminal.shown.before  # the cursor is back


def test_a_terminal_that_is_closed_leaves_no_process(terminal, tmp_path):
    terminal.save(ENDLESS, "begun")
    # On a busy machine the process may end later than `close` waits.
    with contextlib.suppress(pexpect.ExceptionPexpect):
        terminal.shown.close(force=False)
    assert eventually(lambda: not terminal.shown.isalive())
    assert eventually(lambda: not judging(tmp_path))
