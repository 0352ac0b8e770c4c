"""`interview watch`: a process that waits for the next save judges the file.

One thread handles all events, which come from the file system, the judge and the
keyboard. However the watching ends, no process is left.
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

import watchfiles

from interview import files, questions, study_notebooks
from interview.judging import loading
from interview.judging.judge import Event, Limits, Verdict, Worker
from interview.judging.spare_worker import SpareWorker
from interview.practising import practice_copies, record_file
from interview.practising.watch import panel
from interview.practising.watch.session import Session

TICK = 0.05
# Changes this close, in milliseconds, are one save: editors write in several steps.
STEP = 50
# How often the file is read without a report, in seconds. The system may report
# nothing, as on a network drive, and takes a moment to begin its watch.
LOOK = 1.0
# Code with one of these needs a process in which TensorFlow hasn't been set up yet.
_NEEDS_COLD = re.compile(r"\benviron\b|\bputenv\b|\b(?:tf|tensorflow)\.config\b")


def watch_file(
    number: int, file: Path | None, limits: Limits, module: str = ""
) -> None:
    """Watch a question's file until the learner ends it.

    Args:
        number: the question.
        file: a .py or .ipynb, there or not yet; the latest practice copy if None.
        limits: of each check.
        module: the module that holds the `question`; by default the question's check.

    Raises:
        NotebookError: there is no such question, or its file can't be watched.
    """
    with _ended_by_signals(), panel.opened() as view:
        while number:
            with _Watch(number, file, view, limits, module) as watch:
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


class _Judging:
    """A save that is being judged, with a thread that waits for the verdict."""

    def __init__(
        self,
        worker: Worker,
        file: tuple[str, bytes],
        limits: Limits,
        events: queue.SimpleQueue,
    ) -> None:
        self.began = time.monotonic()
        self._worker, self._file, self._limits = worker, file, limits
        self._events = events
        self._thread = threading.Thread(target=self._judge, daemon=True)
        self._thread.start()

    def _judge(self) -> None:
        def hear(event: Event) -> None:
            self._events.put((self, event))

        try:
            verdict = self._worker.judge(*self._file, hear, self._limits)
        except Exception as error:  # a thread would end without a message
            verdict = Verdict(trouble=f"{self._file[0]} can't be checked: {error}")
        self._events.put((self, verdict))

    def drop(self) -> None:
        self._worker.drop()

    def close(self) -> None:
        self.drop()
        self._thread.join()


class _Watch:
    """One question's file while it's watched."""

    def __init__(
        self,
        number: int,
        file: Path | None,
        view: panel.Lines | panel.Screen,
        limits: Limits,
        module: str,
    ) -> None:
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
        self._seen = self._unsure = ()
        self._looked = 0.0
        # The digits typed so far of the next question's number; None if not asked for.
        self._typed: str | None = None
        self._next: int | None = None
        self._stop = threading.Event()
        self._watcher = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> "_Watch":
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for judging in self._begun:
            judging.drop()
        self._spare.close()
        for judging in self._begun:
            judging.close()

    def until_next(self) -> int:
        """Watch the file; return the number of the next question, or 0 for the end."""
        self._watcher.start()
        self._start()
        while self._next is None:
            while (key := self._view.pressed()) is not None and self._next is None:
                self._press(key)
            if time.monotonic() > self._looked + LOOK:
                self._look(is_told=False)
            if died := self._spare.replace_dead():
                self._session.say(died)
            self._view.show(self._session, self._prompt)
            with contextlib.suppress(queue.Empty):
                self._take(*self._events.get(timeout=TICK))
                while True:
                    self._take(*self._events.get_nowait())
        return self._next

    def _start(self) -> None:
        """Judge the file as it is while a second process warms up for the next save."""
        self._look(is_told=True)
        self._spare.prepare()

    def _listen(self) -> None:
        """Report changes of the file: by its folder, since many editors replace it."""
        try:
            for _ in watchfiles.watch(
                self._file.parent,
                watch_filter=lambda _, path: Path(path).name == self._file.name,
                step=STEP,
                stop_event=self._stop,
                raise_interrupt=False,
                recursive=False,
            ):
                self._events.put((None, None))
        except Exception as error:
            # The system may watch too many files already; `LOOK` still finds changes.
            self._events.put((None, str(error)))

    def _take(
        self, source: _Judging | None, what: Event | Verdict | str | None
    ) -> None:
        """Handle an event."""
        if source is None:
            if what:
                self._session.say(f"Saves are noticed late: {what}")
            self._look(is_told=True)
        elif isinstance(what, Event):
            if source is self._judging:
                self._session.heard(what)
        else:
            self._begun.remove(source)
            if source is self._judging:  # reports on a dropped save are ignored
                self._session.judged(what, time.monotonic() - source.began)
                self._judging = None
                # Only now: with two cores, warming up beside a check makes both half
                # as slow again, and a process that is started with a low priority
                # keeps it.
                self._spare.prepare()

    def _look(self, is_told: bool) -> None:
        """Judge the file if it was saved.

        Args:
            is_told: whether the system has reported a change that has ended.
        """
        self._looked = time.monotonic()
        try:
            now = self._signature()
            if now == self._seen:
                return
            if not is_told and now != self._unsure:
                # The file may still be written. If it is the same a moment later, the
                # save has ended.
                self._unsure, self._looked = now, self._looked + TICK - LOOK
                return
            content = self._file.read_bytes()
            if now != self._signature():
                self._unsure, self._looked = now, self._looked + TICK - LOOK
                return
        except OSError as error:
            if self._seen != (error.errno,):
                self._seen, self._content = (error.errno,), b""
                self._cannot_read(error)
            return
        self._seen, self._content = now, content
        self._judge()

    def _cannot_read(self, error: OSError) -> None:
        if isinstance(error, FileNotFoundError):
            self._session.gone()
        else:
            self._session.unfinished(f"{error.strerror}.")

    def _signature(self) -> tuple[int, ...]:
        found = self._file.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _judge(self) -> None:
        """Judge the file as it was read, and drop the save that is being judged."""
        if self._judging:
            self._judging.drop()
            self._judging = None
        name = self._file.name
        if line := loading.unfinished(name, self._content, self._number):
            self._session.unfinished(line)
            self._spare.prepare()
            return
        self._session.saved()
        code = loading.code_in(name, self._content)
        worker = self._spare.take(cold=bool(_NEEDS_COLD.search(code)))
        self._judging = _Judging(
            worker, (name, self._content), self._limits, self._events
        )
        self._begun.append(self._judging)

    def _press(self, key: str) -> None:
        """Handle a key."""
        if key == "end":
            self._next = 0
        elif self._typed is not None:
            self._type(key)
        elif key == "q":
            self._next = 0
        elif key == "h":
            self._session.hint()
        elif key == "r" and self._content:
            self._judge()
        elif key == "w":
            self._session.why()
        elif key == "m":
            self._session.more()
        elif key == "s":
            self._session.second_round()
        elif key == "n":
            self._typed = ""

    def _type(self, key: str) -> None:
        """Handle a key while the next question's number is typed."""
        if key.isdigit():
            self._typed += key
        elif key == "back":
            self._typed = self._typed[:-1]
        elif key != "enter":
            self._typed = None
        else:
            number = int(self._typed) if self._typed else self._another()
            self._typed = None
            if number in study_notebooks.numbers():
                self._next = number
            else:
                self._session.say(f"There is no question {number}.")

    @property
    def _prompt(self) -> str:
        if self._typed is None:
            return ""
        known = study_notebooks.numbers()
        return (
            f"Which question, {known[0]} to {known[-1]}? (Enter: the next not passed; "
            f"n: none) {self._typed}"
        )

    def _another(self) -> int:
        """The next question that hasn't been passed, or just the next."""
        known = study_notebooks.numbers()
        here = known.index(self._number)
        others = [*known[here + 1 :], *known[:here]]
        record, _ = record_file.load()
        for number in others:
            asked = questions.read(number).asked
            if record_file.standing(record, number, asked, False).state != "passed":
                return number
        return others[0]
