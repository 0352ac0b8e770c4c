"""Which line of a file ran when its time was over, from faulthandler's output."""

import re

from interview.main_guard import GUARD

_FRAME = re.compile(r'  File "(.+)", line (\d+) in (.+)')


class StoppedAt:
    """The lines of a file that its threads were running."""

    def __init__(self, name: str = "") -> None:
        """Begin without any lines.

        Args:
            name: the file's name in tracebacks; for a notebook's cell, text such as
                "cell 3" follows it.
        """
        self._name = name
        # The lines of the file in each thread, the innermost first.
        self._threads: list[list[tuple[str, bool]]] = []

    @property
    def is_known(self) -> bool:
        """Whether faulthandler named a line of the file."""
        return any(self._threads)

    def read(self, line: bytes) -> None:
        """Read a line of output, which faulthandler or anything else wrote."""
        # faulthandler writes a file's name in ASCII.
        text = line.decode("ascii", "replace").rstrip()
        if text.endswith("(most recent call first):"):
            self._threads.append([])
        elif self._threads and (frame := _FRAME.fullmatch(text)):
            file = frame[1].encode("ascii", "replace").decode("unicode_escape")
            if file.startswith(self._name):
                cell = file.removeprefix(self._name).lstrip(", ")
                place = f"{cell}, line {frame[2]}" if cell else f"line {frame[2]}"
                self._threads[-1].append((place, frame[3] == "<module>"))

    def sentence(self, is_loaded: bool) -> str:
        """The sentence for the learner on where the file was.

        Args:
            is_loaded: whether the file had been loaded, so that a check was running.
        """
        # The main thread is the last that faulthandler lists.
        lines = next(filter(None, reversed(self._threads)), [])
        outside = [place for place, is_module in lines if is_module]
        if is_loaded or not outside:
            at = f"It was at {lines[0][0]}. " if lines else ""
            return f"{at}Is there a loop that never ends?"
        if self._name.endswith(".ipynb"):
            return f"It was still at {outside[-1]}. Is there a loop that never ends?"
        return (
            f"It was still at {outside[-1]}, outside of any function: a check runs "
            f"what stands there, so training belongs under `{GUARD}`."
        )
