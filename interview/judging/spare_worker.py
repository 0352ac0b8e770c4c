"""A process that waits, warmed up, for the next file to judge."""

from interview.judging.judge import Worker

DIED = "The process that was waiting has ended by itself; another one warms up."


class SpareWorker:
    """One warm process at a time: `take` hands it out, `prepare` starts the next."""

    def __init__(self, number: int, module: str = "") -> None:
        """Start no process yet.

        Args:
            number: the question.
            module: the module that holds the `question`; by default the question's
                check.
        """
        self._number, self._module = number, module
        self._waiting: Worker | None = None

    def __enter__(self) -> "SpareWorker":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def is_ready(self) -> bool:
        """Whether a process has warmed up, and waits."""
        return self._waiting is not None and self._waiting.is_ready

    def prepare(self) -> None:
        """Start a process that warms up, unless there is one."""
        if self._waiting is None:
            self._waiting = Worker(self._number, module=self._module, warm=True)

    def take(self, cold: bool = False) -> Worker:
        """A process to judge with: the waiting one, or a new one if none waits.

        Args:
            cold: take a new process, because the file sets something that has no effect
                after TensorFlow's import.
        """
        self.replace_dead()
        if cold or self._waiting is None:
            return Worker(self._number, module=self._module)
        worker, self._waiting = self._waiting, None
        return worker

    def replace_dead(self) -> str:
        """Replace the process that waits if it has died; return a line that says so.

        A process that died while it warmed up isn't replaced, since the next one would
        die, too. A cold process judges the next file, and reports what is wrong.
        """
        worker = self._waiting
        if worker is None or worker.exit_code is None:
            return ""
        self.close()
        if not worker.is_ready:
            return ""
        self.prepare()
        return DIED

    def close(self) -> None:
        """End the process that waits."""
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None
