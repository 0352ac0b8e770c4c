"""Check a learner's file from outside: in a process of its own, within limits.

This guards against accidents (a loop that never ends, a fork in it, a million lines, a
folder deleted), not against somebody who means harm: the process has the rights of
whoever starts it. `class` therefore executes nothing.
"""

import contextlib
import json
import os
import re
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
from typing import IO, NamedTuple

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

# A report from the process: its kind under "event", mostly a "name" and a "text".
Event = dict[str, str]


@dataclass
class Verdict:
    """What came of checking a file.

    Attributes:
        passed: names whose checks passed, in order.
        failed: names that were checked and aren't right.
        unwritten: names that still hold the stub.
        missing: names the question asks for and the file doesn't define.
        claims: for names that failed, the id of the claim that doesn't hold, if one was
            reached.
        trouble: why the file couldn't be checked to its end; empty if it was.
    """

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    def note(self, event: Event) -> None:
        """Add what the process has reported of one name, or of the whole file."""
        kind, name = event["event"], event.get("name", "")
        if kind in ("passed", "failed", "unwritten", "missing"):
            getattr(self, kind).append(name)
            if event.get("claim"):
                self.claims[name] = event["claim"]
        elif kind == "cannot_run":
            self.trouble = event["text"]


class Limits(NamedTuple):
    """How long a check may take, and how much memory with all that it starts."""

    seconds: float = 120
    gigabytes: float = 4


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

    def hear(event: Event) -> None:
        is_shown = event["event"] != "traceback" or with_traceback
        if is_shown and event["event"] != "cannot_run" and "text" in event:
            show(event["text"])

    limits = Limits(seconds, gigabytes)
    with Worker(number, module=module) as worker:
        return worker.judge(file.name, file.read_bytes(), hear, limits)


class Worker:
    """A process that judges one file, once, and may have warmed up for it before.

    It ends with the block that it's used in, and with the process that started it.
    """

    def __init__(self, number: int, *, module: str = "", warm: bool = False) -> None:
        """Start the process.

        Args:
            number: the question.
            module: what holds the `question`, in place of the question's own check.
            warm: import TensorFlow and the check now, whatever the file will need.
        """
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._mark = uuid.uuid4().hex
        self._hear: Callable[[Event], None] | None = None
        self._lock, self._wake = threading.Lock(), threading.Event()
        self._is_ready = self._is_done = self._is_dropped = self._is_closed = False
        self._verdict = Verdict()
        arguments = [str(number), f"--module={module}", *["--warm"] * warm]
        self._process = subprocess.Popen(
            # -P: a learner's keras.py or json.py, in the folder that this runs in, must
            # not be taken for the library.
            [sys.executable, "-P", "-m", "interview.judging.worker", *arguments],
            env={
                **ENVIRONMENT,
                **os.environ,
                "PYTHONPATH": _python_path(),
                MARK: self._mark,
            },
            cwd=self._folder.name,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._root = psutil.Process(self._process.pid)
        self._printed = _Printed(self._process.stderr, self._print)
        self._readers = [
            threading.Thread(target=read, daemon=True)
            for read in (self._read_events, self._printed.read)
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_ready(self) -> bool:
        """Whether it has warmed up."""
        return self._is_ready

    @property
    def exit_code(self) -> int | None:
        """What the process ended with; None as long as it lives."""
        return self._process.poll()

    def judge(
        self,
        name: str,
        content: bytes,
        hear: Callable[[Event], None],
        limits: "Limits",
    ) -> Verdict | None:
        """Check the answers in a file.

        Args:
            name: the file's name, with its suffix.
            content: what is in it.
            hear: called with each event: what the child reports, and "printed", what
                the file itself prints.
            limits: of time, from now on, and of memory.

        Returns:
            The verdict; None if it was dropped.
        """
        deadline = time.monotonic() + limits.seconds
        copy = Path(self._folder.name) / name
        copy.write_bytes(content)
        self._hear = hear
        try:
            # Where it has died, the end of its output says so below.
            with contextlib.suppress(OSError):
                self._process.stdin.write(json.dumps(str(copy)).encode() + b"\n")
                self._process.stdin.flush()
            trouble = self._wait(deadline, limits)
        finally:
            # On Ctrl-C too: the process has a session of its own, and doesn't hear it.
            self.close()
        if self._is_dropped:
            return None
        self._printed.close()
        verdict = self._verdict
        if trouble:
            verdict.trouble = f"{name} {trouble}"
        elif not self._is_done and not verdict.trouble:
            verdict.trouble = (
                f"{name} ended its own process (exit code {self._process.returncode}) "
                f"before it was checked to the end."
            )
        return verdict

    def drop(self) -> None:
        """Let `judge`, called by another thread, end without a verdict."""
        self._is_dropped = True
        self._wake.set()

    def close(self) -> None:
        """End the process, and all that it has started."""
        if self._is_closed:  # another process may have its number by now
            return
        self._is_closed = True
        _end(self._process, self._mark)
        for reader in self._readers:
            # What the file started may hold the pipes open.
            reader.join(timeout=2)
        with contextlib.suppress(OSError):  # unsent, to a process that is gone
            self._process.stdin.close()
        self._folder.cleanup()

    def _wait(self, deadline: float, limits: "Limits") -> str:
        """Wait for the verdict, or say which limit the process went over."""
        # Once all is said, how TensorFlow takes itself apart isn't waited for.
        while not (self._is_done or self._is_dropped or self.exit_code is not None):
            if time.monotonic() > deadline:
                return (
                    f"didn't finish within {limits.seconds:g} s, and was ended. Is "
                    f"there a loop that never ends? `interview check --seconds` sets "
                    f"another limit."
                )
            family = _family(self._root)
            if len(family) > MOST_PROCESSES:
                return f"started more than {MOST_PROCESSES} processes, and was ended."
            if sum(map(_memory, family)) > limits.gigabytes * 1e9:
                return (
                    f"used more than {limits.gigabytes:g} GB of memory, and was ended. "
                    f"`interview check --gigabytes` sets another limit."
                )
            self._wake.wait(BETWEEN_LOOKS)
        return ""

    def _read_events(self) -> None:
        for event in _events(self._process.stdout):
            kind = event["event"]
            if kind == "ready":
                self._is_ready = True
            elif kind == "done":
                self._is_done = True
                self._wake.set()
            else:
                self._verdict.note(event)
                self._tell(event)

    def _print(self, line: str) -> None:
        self._tell({"event": "printed", "text": line})

    def _tell(self, event: Event) -> None:
        with self._lock:
            if self._hear and not self._is_dropped:
                self._hear(event)


def _python_path() -> str:
    """Where Python looks for modules first: this project, installed or not."""
    given = os.environ.get("PYTHONPATH")
    return os.pathsep.join(
        [str(Path(__file__).parent.parent.parent), *([given] if given else [])]
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
            process.poll()  # without this the group would go on to have a member
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
