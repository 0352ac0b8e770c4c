"""Check a learner's file from outside: in a process of its own, within limits.

This guards against accidents: a loop that never ends, a fork in it, a million lines, a
folder deleted, a line in the file that looks like a verdict. It isn't a sandbox: the
process has the rights of the user who starts it, and the check runs in it beside the
answer, so an answer could change the verdict on purpose. So `class` executes nothing.
"""

import contextlib
import json
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from interview.judging.printed_output import PrintedOutput
from interview.judging.processes import MARK, MOST_PROCESSES, Family
from interview.judging.stopped_at import StoppedAt

DEFAULTS = {"TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONIOENCODING": "utf-8:replace"}
# The checks are written for this backend, so it overrides the shell's setting.
BACKEND = {"KERAS_BACKEND": "tensorflow"}
BETWEEN_LOOKS = 0.05
# How a message says to show the traceback.
OPTION = "`--traceback`"


@dataclass(frozen=True)
class Event:
    """A report of the process, or a line that it prints.

    Attributes:
        kind: "passed", "failed", "unwritten" and "missing" are a name's verdict;
            "tick" is a ✓ or a note before the verdict; "cannot_run" is about the whole
            file; "printed" is a line that the file prints, "text" any other line.
            "ready" and "loaded" say how far the process is; "done" ends the reports.
        name: the name that the event is about; empty if it is about the file.
        text: the text for the learner.
        claim: for "failed", the id of the claim that doesn't hold, if one was decided.
        because: for "failed", why a name that the answer uses is missing.
        traceback: the traceback of the error behind the event, if there is one.
    """

    kind: str
    name: str = ""
    text: str = ""
    claim: str = ""
    because: str = ""
    traceback: str = ""

    def message(self, way: str = "") -> str:
        """The text, where to see the traceback if there is one, and the reason.

        Args:
            way: the key or option that shows the traceback; empty if it is shown.
        """
        text = self.text
        if self.traceback and way:
            text += f" {way} shows the whole traceback."
        return f"{text}\n{self.because}" if self.because else text


@dataclass
class Verdict:
    """The result of checking a file.

    Attributes:
        passed: names whose checks passed, in order.
        failed: names that were checked and aren't right.
        unwritten: names that still hold the stub.
        missing: names the question asks for and the file doesn't define.
        claims: for names that failed, the id of the claim that doesn't hold, if one was
            decided.
        trouble: why the check couldn't finish; empty if it did.
    """

    passed: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    unwritten: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    claims: dict[str, str] = field(default_factory=dict)
    trouble: str = ""

    def note(self, event: Event) -> None:
        """Add what the process has reported of one name, or of the whole file."""
        if event.kind in ("passed", "failed", "unwritten", "missing"):
            getattr(self, event.kind).append(event.name)
            if event.claim:
                self.claims[event.name] = event.claim
        elif event.kind == "cannot_run":
            self.trouble = event.text


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
    only: Collection[str] = (),
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
        module: the module that holds the `question`; by default the question's check.
        only: the names to check; by default all.
    """

    def hear(event: Event) -> None:
        # The verdict's `trouble` says why a file can't run, so it isn't shown twice.
        if event.text and event.kind != "cannot_run":
            show(event.message("" if with_traceback else OPTION))
        if event.traceback and with_traceback:
            show(event.traceback)

    limits = Limits(seconds, gigabytes)
    with Worker(number, module=module) as worker:
        return worker.judge(file.name, file.read_bytes(), hear, limits, only)


class Worker:
    """A process that judges one file, once, and may have warmed up for it before.

    It ends with the block that it's used in, and with the process that started it.
    """

    def __init__(self, number: int, *, module: str = "", warm: bool = False) -> None:
        """Start the process.

        Args:
            number: the question.
            module: the module that holds the `question`; by default the question's
                check.
            warm: import TensorFlow and the check now, whatever the file will need.
        """
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._hear: Callable[[Event], None] | None = None
        self._lock, self._wake = threading.Lock(), threading.Event()
        self._is_ready = self._is_done = self._is_dropped = self._is_closed = False
        # The process gets the secret only after the file's own code has run.
        self._secret = ""
        self._verdict, self._stopped_at = Verdict(), StoppedAt()
        mark = uuid.uuid4().hex
        arguments = [str(number), f"--module={module}", *["--warm"] * warm]
        self._process = subprocess.Popen(
            # -P: a learner's keras.py or json.py, in the folder that this runs in, must
            # not be taken for the library.
            [sys.executable, "-P", "-m", "interview.judging.worker", *arguments],
            env={
                **DEFAULTS,
                **os.environ,
                **BACKEND,
                "PYTHONPATH": _python_path(),
                MARK: mark,
            },
            cwd=self._folder.name,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._family = Family(self._process, mark)
        self._printed = PrintedOutput(self._process.stderr, self._print)
        self._readers = [
            threading.Thread(target=read, daemon=True)
            for read in (self._read_reports, self._printed.read)
        ]
        for reader in self._readers:
            reader.start()

    def __enter__(self) -> "Worker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_ready(self) -> bool:
        """Whether the process has warmed up."""
        return self._is_ready

    @property
    def exit_code(self) -> int | None:
        """The process's exit code; None while it runs."""
        return self._process.poll()

    def judge(
        self,
        name: str,
        content: bytes,
        hear: Callable[[Event], None],
        limits: Limits,
        only: Collection[str] = (),
    ) -> Verdict | None:
        """Check the answers in a file.

        Args:
            name: the file's name, with its suffix.
            content: what is in it.
            hear: called with each event: what the process reports, and "printed", what
                the file itself prints.
            limits: of time, from now on, and of memory.
            only: the names to check; by default all.

        Returns:
            The verdict; None if it was dropped.
        """
        deadline = time.monotonic() + limits.seconds
        copy = Path(self._folder.name) / name
        copy.write_bytes(content)
        self._hear, self._stopped_at = hear, StoppedAt(name)
        try:
            request = {"file": str(copy), "seconds": limits.seconds, "only": [*only]}
            self._send(request)
            trouble = self._wait(deadline, limits)
        finally:
            # This also runs on Ctrl-C, which the process doesn't get, because it has a
            # session of its own.
            self.close()
        if self._is_dropped:
            return None
        self._printed.count_rest()
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
        if self._is_closed:  # its number may belong to another process by now
            return
        self._is_closed = True
        self._family.end()
        for reader in self._readers:
            # A process that escaped may hold the pipes open, so the wait is limited.
            reader.join(timeout=2)
        self._folder.cleanup()

    def _send(self, request: dict) -> None:
        # Other code reports that the process has died or is being ended.
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(json.dumps(request).encode() + b"\n")
            self._process.stdin.flush()

    def _wait(self, deadline: float, limits: Limits) -> str:
        """Wait for the verdict, or say which limit the process went over."""
        # After the last report there is no need to wait until TensorFlow has shut down.
        while not (self._is_done or self._is_dropped or self.exit_code is not None):
            if time.monotonic() > deadline + (0 if self._stopped_at.is_known else 1):
                return (
                    f"didn't finish within {limits.seconds:g} s, and was ended. "
                    f"{self._stopped_at.sentence(is_loaded=bool(self._secret))} "
                    f"`interview check --seconds` sets another limit."
                )
            if self._family.has_too_many():
                return f"started more than {MOST_PROCESSES} processes, and was ended."
            if self._family.uses_more_than(limits.gigabytes * 1e9):
                return (
                    f"used more than {limits.gigabytes:g} GB of memory, and was ended. "
                    f"`interview check --gigabytes` sets another limit."
                )
            self._wake.wait(BETWEEN_LOOKS)
        return ""

    def _read_reports(self) -> None:
        for event in self._events(self._process.stdout):
            if event.kind == "ready":
                self._is_ready = True
            elif event.kind == "loaded":
                if not self._secret:
                    self._secret = secrets.token_hex()
                    self._send({"secret": self._secret})
            elif event.kind == "done":
                self._is_done = True
                self._wake.set()
            else:
                self._verdict.note(event)
                self._tell(event)
                if event.kind == "cannot_run":
                    self._is_done = True
                    self._wake.set()

    def _events(self, stream: IO[bytes]) -> Iterator[Event]:
        """The process's reports, one JSON object per line; other lines are ignored.

        A verdict counts only with the secret, because the file can write to this
        stream, too.
        """
        for line in stream:
            try:
                report = json.loads(line)
                secret = report.pop("secret", "")
                event = Event(**report)
            except (ValueError, TypeError, AttributeError):
                self._stopped_at.read(line)
                continue
            is_early = event.kind in ("ready", "loaded", "cannot_run")
            if secret == self._secret if self._secret else is_early:
                yield event

    def _print(self, line: str) -> None:
        self._tell(Event("printed", text=line))

    def _tell(self, event: Event) -> None:
        with self._lock:
            if self._hear and not self._is_dropped:
                self._hear(event)


def _python_path() -> str:
    """The value of PYTHONPATH, with this project first, installed or not."""
    given = os.environ.get("PYTHONPATH")
    return os.pathsep.join(
        [str(Path(__file__).parent.parent.parent), *([given] if given else [])]
    )
