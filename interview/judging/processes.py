"""The processes that a check has started: their number, their memory, their end."""

import contextlib
import subprocess
import time

import psutil

# A variable in the environment of every process that a file starts, by which the
# processes are found when the check ends.
MARK = "KERAS_INTERVIEW_CHECK"
MOST_PROCESSES = 50
# To find new processes takes a search of all processes on the machine, and to measure
# shared memory takes a search of all pages of a process. Both take milliseconds, so
# they aren't done at every look.
SEARCH_SECONDS, WEIGH_SECONDS = 0.25, 1.0
# How long the family may take to end by itself before it is ended from here.
PATIENCE = 5


class Family:
    """The process that judges a file, and all processes that it has started."""

    def __init__(self, process: subprocess.Popen, mark: str) -> None:
        """Start to follow a process and its family.

        Args:
            process: the process that was started for the check. On Linux it is the
                supervisor, and every process that is started below it stays below it.
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
        """Whether all processes together use more than `limit` bytes of memory.

        Memory that forks share counts once.
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
        """End all processes of the family.

        On Linux the supervisor ends them when its standard input ends. Elsewhere the
        process ends its own group then. This method ends the remaining processes that
        were seen below it or have the mark.
        """
        with contextlib.suppress(OSError):  # unsent lines to a process that has ended
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
        except (psutil.Error, OSError):  # it is another user's, or has ended
            return False


def _resident_bytes(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _own_bytes(process: psutil.Process) -> float:
    """Memory of a process; of shared memory only its part, if the system reports it."""
    try:
        memory = process.memory_full_info()
    except psutil.AccessDenied:
        return _resident_bytes(process)
    except psutil.Error:
        return 0
    return getattr(memory, "pss", memory.uss)
