"""Check a learner's file from outside: in a process of its own, within limits.

This guards against accidents (a loop that never ends, a fork in it, a million lines, a
folder deleted), not against somebody who means harm: the process has the rights of
whoever starts it. `class` therefore executes nothing.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONIOENCODING": "utf-8:replace",
}
# What a file may print before the rest is only counted, and how long a line may be.
MOST_LINES, LONGEST_LINE = 100, 300
MOST_PROCESSES = 50
# Inherited by all that a file starts, so that it's found however it was started.
MARK = "KERAS_INTERVIEW_CHECK"
BETWEEN_LOOKS = 0.05
# What colours a progress bar, and what goes back to draw it anew.
_STYLED = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_BACK = b"\r\b"


@dataclass
class Verdict:
    """What came of checking a file.

    Attributes:
        passed: names whose checks passed, in order.
        failed: names that were checked and aren't right.
        unwritten: names that still hold the stub.
        missing: names the question asks for and the file doesn't define.
        claims: for names that failed, the claim that doesn't hold, if one was reached.
        trouble: why the file couldn't be checked to its end; empty if it was.
    """

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


def judge(
    number: int,
    file: Path,
    show: Callable[[str], None],
    *,
    seconds: float = 120,
    gigabytes: float = 4,
    with_traceback: bool = False,
    module: str = "",
) -> Verdict:
    """Check the answers in a file, on a copy of it in an empty folder.

    Args:
        number: the question.
        file: a .py or .ipynb.
        show: called with each line for the learner: ✓ lines, messages, and what the
            file itself prints, marked "  | ".
        seconds: time limit for all of it.
        gigabytes: memory limit for the process and what it starts.
        with_traceback: show the traceback of an error too.
        module: what holds the `question`, in place of the question's own check.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / file.name
        shutil.copyfile(file, copy)
        options = ["--traceback"] * with_traceback + [f"--module={module}"]
        return _judge(
            [str(number), str(copy), *options], copy, show, seconds, gigabytes
        )


def _judge(
    arguments: list[str],
    copy: Path,
    show: Callable[[str], None],
    seconds: float,
    gigabytes: float,
) -> Verdict:
    mark = uuid.uuid4().hex
    process = subprocess.Popen(
        # -P: a learner's keras.py or json.py, in the folder that this runs in, must
        # not be taken for the library.
        [sys.executable, "-P", "-m", "interview.child", *arguments],
        env={**ENVIRONMENT, **os.environ, "PYTHONPATH": _python_path(), MARK: mark},
        cwd=copy.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    verdict, ended = Verdict(), threading.Event()
    lock = threading.Lock()

    def say(line: str) -> None:
        with lock:
            show(line)

    def hear() -> None:
        for event in _events(process.stdout):
            _note(event, verdict, say)
            if event["event"] == "done":
                ended.set()

    printed = _Printed(process.stderr, say)
    readers = [threading.Thread(target=f, daemon=True) for f in (hear, printed.read)]
    try:
        for reader in readers:
            reader.start()
        trouble = _watch(process, seconds, gigabytes)
    finally:
        # On Ctrl-C too: the process is in a session of its own, and doesn't hear it.
        _end(process, mark)
    for reader in readers:
        # What the file started may hold the pipes open.
        reader.join(timeout=2)
    printed.close()
    if trouble:
        verdict.trouble = f"{copy.name} {trouble}"
    elif not ended.is_set() and not verdict.trouble:
        verdict.trouble = (
            f"{copy.name} ended its own process (exit code {process.returncode}) "
            f"before it was checked to the end."
        )
    return verdict


def _python_path() -> str:
    """Where Python looks for modules first: this project, installed or not."""
    given = os.environ.get("PYTHONPATH")
    return os.pathsep.join(
        [str(Path(__file__).parent.parent), *([given] if given else [])]
    )


def _events(stream: IO[bytes]):
    """What the child reports, a JSON object a line; nothing else counts."""
    for line in stream:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and "event" in event:
            yield event


def _note(event: dict, verdict: Verdict, say: Callable[[str], None]) -> None:
    kind, name = event["event"], event.get("name", "")
    lists = {
        "passed": verdict.passed,
        "failed": verdict.failed,
        "unwritten": verdict.unwritten,
        "missing": verdict.missing,
    }
    if kind in lists:
        lists[kind].append(name)
        if event.get("claim"):
            verdict.claims[name] = event["claim"]
    elif kind == "cannot_run":
        verdict.trouble = event["text"]
    if "text" in event and kind != "cannot_run":
        say(event["text"])


class _Printed:
    """What the learner's file prints: the first lines are shown, the rest counted."""

    def __init__(self, stream: IO[bytes], say: Callable[[str], None]) -> None:
        self._stream, self._say = stream, say
        self._lines = self._shown = 0

    def read(self) -> None:
        # By size, not by line: a file may print a gigabyte without a line's end.
        rest, last = b"", b"\n"
        while chunk := self._stream.read1(65536):
            self._lines += chunk.count(b"\n")
            last = chunk
            if self._shown >= MOST_LINES:
                continue
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                self._show(line)
            rest = _latest(rest) + (b"\r" if rest.endswith((b"\r", b"\b")) else b"")
            if len(rest) > LONGEST_LINE:
                self._show(rest)
                rest = b""
        if not last.endswith(b"\n"):
            self._lines += 1
            self._show(rest)

    def _show(self, line: bytes) -> None:
        if self._shown < MOST_LINES:
            text = _latest(line).decode("utf-8", "replace")
            text = _STYLED.sub("", text).rstrip()
            cut = text[:LONGEST_LINE] + "…" if len(text) > LONGEST_LINE else text
            self._say(f"  | {cut}")
        self._shown += 1

    def close(self) -> None:
        if self._lines > MOST_LINES:
            more = self._lines - MOST_LINES
            self._say(f"  | … and {more:,} more lines that aren't shown.")


def _latest(line: bytes) -> bytes:
    """What a line shows at last: a progress bar is drawn on one hundreds of times."""
    line = line.rstrip(_BACK)
    return line[max(line.rfind(b"\r"), line.rfind(b"\b")) + 1 :]


def _watch(process: subprocess.Popen, seconds: float, gigabytes: float) -> str:
    """Wait for the process, or say which limit it went over."""
    deadline = time.monotonic() + seconds
    root = psutil.Process(process.pid)
    while process.poll() is None:
        if time.monotonic() > deadline:
            return (
                f"didn't finish within {seconds:g} s, and was ended. Is there a loop "
                f"that never ends? `--seconds` sets another limit."
            )
        family = _family(root)
        if len(family) > MOST_PROCESSES:
            return f"started more than {MOST_PROCESSES} processes, and was ended."
        if sum(map(_memory, family)) > gigabytes * 1e9:
            return (
                f"used more than {gigabytes:g} GB of memory, and was ended. "
                f"`--gigabytes` sets another limit."
            )
        time.sleep(BETWEEN_LOOKS)
    return ""


def _family(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.Error:
        return []


def _memory(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _end(process: subprocess.Popen, mark: str) -> None:
    """End a process and all that it started, whatever left its family or group."""
    if hasattr(os, "killpg"):
        # More than once: a fork may have been under way.
        for _ in range(20):
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                break
            time.sleep(0.01)
    if process.poll() is None:
        process.kill()
    process.wait()
    for other in psutil.process_iter():
        try:
            if other.environ().get(MARK) == mark:
                other.kill()
        except (psutil.Error, OSError):  # another user's, or gone meanwhile
            continue
