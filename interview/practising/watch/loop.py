"""`interview watch`: a process that waits for the next save judges the file.

One thread looks at the file and the keyboard, and hears what the judge reports.
However the watching ends, no process is left.
"""

import contextlib
import queue
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from interview import files, questions, study_notebooks
from interview.judging import loading
from interview.judging.judge import Event, Limits, Verdict, Worker
from interview.judging.spare_worker import SpareWorker
from interview.practising import practice_copies, record_file
from interview.practising.watch import panel
from interview.practising.watch.session import Lines, Session

# Seconds between two looks at the file. One that is the same at both isn't being
# written any more: editors save in several steps.
TICK = 0.05
# Code with one of these needs a process in which TensorFlow hasn't been set up yet.
_NEEDS_COLD = re.compile(r"\benviron\b|\bputenv\b|\b(?:tf|tensorflow)\.config\b")


def watch_file(
    number: int, file: Path | None, limits: Limits, module: str = ""
) -> None:
    """Watch a question's file, there or not yet, until the learner ends it.

    Without a file it's the latest practice copy. A test names a module of its own that
    holds the `question`.

    Raises:
        NotebookError: there is no such question, or its file can't be watched.
    """
    with _ended_by_signals(), panel.opened() as view:
        while number:
            with Watch(number, file, view, limits, module) as watch:
                number, file = watch.until_next(), None


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Turn each signal that asks for an end into an exception, so all is closed."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    asking = [getattr(signal, name) for name in names if hasattr(signal, name)]

    def leave(number: int, _) -> None:
        for other in asking:  # a second signal mustn't interrupt the clean-up
            signal.signal(other, signal.SIG_IGN)
        sys.exit(128 + number)

    before = {number: signal.signal(number, leave) for number in asking}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class _Judging(threading.Thread):
    """A save that is being judged; reports and the verdict go into a queue."""

    def __init__(
        self, worker: Worker, name: str, content: bytes, limits: Limits, events
    ) -> None:
        super().__init__(daemon=True)
        self.worker, self.began = worker, time.monotonic()
        self._save, self._limits, self._events = (name, content), limits, events
        self.start()

    def run(self) -> None:
        try:
            verdict = self.worker.judge(*self._save, self._tell, self._limits)
        except Exception as error:  # a thread would end without a message
            verdict = Verdict(trouble=f"{self._save[0]} can't be checked: {error}")
        self._tell(verdict)

    def _tell(self, what: Event | Verdict | None) -> None:
        self._events.put((self, what))


class Watch:
    """One question's file while it's watched."""

    def __init__(
        self,
        number: int,
        file: Path | None,
        view: Lines,
        limits: Limits,
        module: str,
    ) -> None:
        """Begin; see `watch_file`.

        Raises:
            NotebookError: there is no such question, or its file can't be watched.
        """
        self._number, self._view, self._limits = number, view, limits
        question = questions.read(number)
        path, is_new = (file, False) if file else practice_copies.start_copy(number)
        self._file = path.resolve()
        if not self._file.parent.is_dir():
            folder = files.shown(self._file.parent)
            raise study_notebooks.NotebookError(f"There is no folder {folder}.")
        self._session = Session(question, path, view)
        if is_new:
            self._session.say(
                f"Your copy is {files.shown(path)}: open it in an editor."
            )
        self._spare = SpareWorker(number, module)
        self._judging: _Judging | None = None
        # Judgings that were dropped are included, since they may take a moment to end.
        self._begun: list[_Judging] = []
        self._events: queue.SimpleQueue = queue.SimpleQueue()
        self._content = b""
        # Of the file: when it was judged, and at the last look.
        self._judged_at = self._looked_at = ()
        self._next: int | None = None

    def __enter__(self) -> "Watch":
        return self

    def __exit__(self, *_: object) -> None:
        for judging in self._begun:
            judging.worker.drop()
        self._spare.close()
        for judging in self._begun:
            judging.join()

    def until_next(self) -> int:
        """Watch the file; return the number of the next question, or 0 for the end."""
        # Judge the file as it is while a second process warms up for the next save.
        self._look()
        self._look()
        self._spare.prepare()
        looked = time.monotonic()
        while self._next is None:
            while (key := self._view.pressed()) is not None and self._next is None:
                self._press(key)
            if time.monotonic() >= looked + TICK:
                self._look()
                looked = time.monotonic()
            if died := self._spare.replace_dead():
                self._session.say(died)
            self._view.show(self._session)
            with contextlib.suppress(queue.Empty):
                self._take(*self._events.get(timeout=TICK))
                while True:
                    self._take(*self._events.get_nowait())
        return self._next

    def _take(self, source: _Judging, what: Event | Verdict | None) -> None:
        """Handle what a judging has to say; of a save that was dropped nothing."""
        if isinstance(what, Event):
            if source is self._judging:
                self._session.heard(what)
            return
        self._begun.remove(source)
        if source is self._judging:
            self._session.judged(what, time.monotonic() - source.began)
            self._judging = None
            # Only now: with two cores, warming up beside a check makes both half as
            # slow again, and a process that is started with a low priority keeps it.
            self._spare.prepare()

    def _look(self) -> None:
        """Judge the file if it was saved, and is as it was at the last look."""
        try:
            found = self._file.stat()
            now = found.st_mtime_ns, found.st_size, found.st_ino
            before, self._looked_at = self._looked_at, now
            if now == self._judged_at or now != before:
                return
            content = self._file.read_bytes()
        except OSError as error:
            if self._judged_at != (error.errno,):
                self._judged_at, self._content = (error.errno,), b""
                if isinstance(error, FileNotFoundError):
                    self._session.gone()
                else:
                    self._session.unfinished(f"{error.strerror}.")
            return
        self._judged_at, self._content = now, content
        self._judge()

    def _judge(self) -> None:
        """Judge the file as it was read, and drop the save that is being judged."""
        if self._judging:
            self._judging.worker.drop()
            self._judging = None
        name, content = self._file.name, self._content
        if line := loading.unfinished(name, content, self._number):
            self._session.unfinished(line)
            self._spare.prepare()
            return
        self._session.saved()
        code = loading.code_in(name, content)
        worker = self._spare.take(cold=bool(_NEEDS_COLD.search(code)))
        self._judging = _Judging(worker, name, content, self._limits, self._events)
        self._begun.append(self._judging)

    def _press(self, key: str) -> None:
        """Handle a key."""
        session = self._session
        acts = {
            "h": session.hint,
            "w": session.why,
            "m": session.more,
            "s": session.second_round,
        }
        if key == "q":
            self._next = 0
        elif key == "n":
            self._next = self._another()
        elif key == "r" and self._content:
            self._judge()
        elif key in acts:
            acts[key]()

    def _another(self) -> int:
        """The next question that hasn't been passed, or just the next."""
        known = study_notebooks.numbers()
        here = known.index(self._number)
        others = [*known[here + 1 :], *known[:here]]
        left = record_file.not_passed(record_file.load()[0])
        return next((number for number in others if number in left), others[0])
