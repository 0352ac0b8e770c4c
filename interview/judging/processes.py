"""The processes that a check has started: their number, their memory, their end."""

import contextlib
import subprocess

import psutil

# A variable in the environment of every process that a file starts, by which the
# processes are found when the check ends.
MARK = "KERAS_INTERVIEW_CHECK"
MOST_PROCESSES = 50
# Seconds that the family may take to end by itself before it is ended from here.
PATIENCE = 5


class Family:
    """The process that judges a file, and all processes that it has started."""

    def __init__(self, process: subprocess.Popen, mark: str) -> None:
        """Follow a process, on Linux the supervisor, and those with this `MARK`."""
        self._process, self._mark = process, mark
        self._root = psutil.Process(process.pid)
        self._living: list[psutil.Process] = [self._root]
        self._seen: set[psutil.Process] = set()

    def has_too_many(self) -> bool:
        """Whether there are more processes than a check may start."""
        with contextlib.suppress(psutil.Error):
            self._living = [self._root, *self._root.children(recursive=True)]
            self._seen.update(self._living)
        return len(self._living) > MOST_PROCESSES

    def uses_more_than(self, limit: float) -> bool:
        """Whether all processes together use more than `limit` bytes of memory.

        Memory that forks share counts once.
        """
        resident = [_resident_bytes(process) for process in self._living]
        # Shared memory is measured only where it matters, because that takes long.
        return max(resident) > limit or (
            sum(resident) > limit and sum(map(_own_bytes, self._living)) > limit
        )

    def end(self) -> None:
        """End all processes of the family.

        When standard input ends, the supervisor ends them on Linux, and elsewhere the
        process its own group. The others were seen below it or have the mark.
        """
        with contextlib.suppress(OSError):  # unsent lines to a process that has ended
            self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(PATIENCE)
        marked = filter(self._has_mark, psutil.process_iter())
        for process in [self._root, *self._seen, *marked]:
            with contextlib.suppress(psutil.Error):
                process.kill()
        self._process.wait()

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
