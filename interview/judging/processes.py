"""The processes that a check has started: their number, their memory, their end."""

import contextlib
import subprocess
import time

import psutil

# In the environment of all that a file starts, so that it's found when the check ends.
MARK = "KERAS_INTERVIEW_CHECK"
MOST_PROCESSES = 50
# Finding new processes means looking through all of the machine's, and telling shared
# memory apart through all pages of a process: both take milliseconds, and aren't done
# at every look.
SEARCH_SECONDS, WEIGH_SECONDS = 0.25, 1.0
# How long the family may take to end by itself before it is ended from here.
PATIENCE = 5


class Family:
    """The process that judges a file, and all that it has started."""

    def __init__(self, process: subprocess.Popen, mark: str) -> None:
        """Know a process's family.

        Args:
            process: that was started for the check. Where the system allows it, this
                is the supervisor, and whatever is started below it stays below it.
            mark: the value of `MARK` in the family's environment.
        """
        self._process, self._mark = process, mark
        self._root = psutil.Process(process.pid)
        self._living: list[psutil.Process] = [self._root]
        self._seen: set[psutil.Process] = set()
        self._searched = self._weighed = 0.0

    def has_too_many(self) -> bool:
        """Whether there are more processes than a check may start."""
        if time.monotonic() > self._searched + SEARCH_SECONDS:
            self._searched = time.monotonic()
            with contextlib.suppress(psutil.Error):
                self._living = [self._root, *self._root.children(recursive=True)]
                self._seen.update(self._living)
        return len(self._living) > MOST_PROCESSES

    def uses_more_than(self, limit: float) -> bool:
        """Whether all together use more than so many bytes of memory.

        What forks share counts once.
        """
        resident = [_resident_bytes(process) for process in self._living]
        if max(resident) > limit:
            return True
        now = time.monotonic()
        if sum(resident) <= limit or now < self._weighed + WEIGH_SECONDS:
            return False
        self._weighed = now
        return sum(map(_own_bytes, self._living)) > limit

    def end(self) -> None:
        """End all of them.

        On Linux the supervisor does it when its standard input ends. Elsewhere the
        process ends its own group then, and this what is left of what was seen below
        it while it ran, and what carries the mark.
        """
        with contextlib.suppress(OSError):  # as unsent lines to a process that is gone
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        for process in [self._root, *self._seen, *self._marked()]:
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._process.wait()

    def _marked(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if self._has_mark(process)]

    def _has_mark(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get(MARK) == self._mark
        except (psutil.Error, OSError):  # another user's, or gone meanwhile
            return False


def _resident_bytes(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _own_bytes(process: psutil.Process) -> float:
    """Memory of a process, and its share of what it shares, where the system knows."""
    try:
        memory = process.memory_full_info()
    except psutil.AccessDenied:
        return _resident_bytes(process)
    except psutil.Error:
        return 0
    return getattr(memory, "pss", memory.uss)
