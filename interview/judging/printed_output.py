"""The lines that a learner's file prints: a check shows the first ones, marked."""

import re
from collections.abc import Callable
from typing import IO

# How many lines are shown before the rest is only counted, and how long a line may be.
MOST_LINES, LONGEST_LINE = 100, 300
# The codes that colour a progress bar, and those that move back to redraw it.
_STYLED = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_BACK = b"\r\b"


class PrintedOutput:
    """A stream of what a file prints: the first lines are shown, the rest counted."""

    def __init__(self, stream: IO[bytes], show: Callable[[str], None]) -> None:
        self._stream, self._show_line = stream, show
        self._lines = self._shown = 0

    def read(self) -> None:
        """Read to the end of the stream, and show lines as they come."""
        # Blocks are read, because a file may print a gigabyte without a newline.
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

    def count_rest(self) -> None:
        """Show how many lines were left out, if any were."""
        if self._lines > MOST_LINES:
            more = self._lines - MOST_LINES
            self._show_line(f"  | … and {more:,} more lines that aren't shown.")

    def _show(self, line: bytes) -> None:
        if self._shown < MOST_LINES:
            text = _latest(line).decode("utf-8", "replace")
            text = _STYLED.sub("", text).rstrip()
            cut = text[:LONGEST_LINE] + "…" if len(text) > LONGEST_LINE else text
            self._show_line(f"  | {cut}")
        self._shown += 1


def _latest(line: bytes) -> bytes:
    """The final state of a line, on which a progress bar may be redrawn many times."""
    line = line.rstrip(_BACK)
    return line[max(line.rfind(b"\r"), line.rfind(b"\b")) + 1 :]
