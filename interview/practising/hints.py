"""The hints for a part, opened one at a time, and the record of how many were."""

import re

from interview.practising import record_file
from interview.questions import Part


def open_next(number: int, part: Part, shown: int) -> tuple[str, str]:
    """The hint that comes after those that were shown; all of them after the last.

    Args:
        number: the question.
        part: of it.
        shown: how many of its hints have been shown before.

    Returns:
        The text to show, and a line if it couldn't be recorded.
    """
    if shown >= len(part.hints):
        hints = "\n\n".join(map(_plain, part.hints))
        return f"These are all the hints for {part.name}:\n\n{hints}", ""
    text = (
        f"{part.name}, {shown + 1} of {len(part.hints)}\n\n{_plain(part.hints[shown])}"
    )
    try:
        record_file.record_hint(number, part.name, shown + 1)
    except record_file.ProgressError as error:
        return text, str(error)
    return text, ""


def _plain(markdown: str) -> str:
    """A hint as a terminal shows it: a title in bold as a line of its own."""
    return re.sub(r"\*\*(.+?)\*\*", r"\1", markdown)
