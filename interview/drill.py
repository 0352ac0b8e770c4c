"""The drill in a notebook: `drill.start()` shows it with buttons."""

import ipywidgets

from interview.commands import buttons
from interview.practising import record_file
from interview.remembering import cards
from interview.remembering.drill import NEW_A_DAY, Drill


def start(
    *numbers: int,
    new: int = NEW_A_DAY,
    minutes: float | None = None,
    level: str | None = None,
    kind: str | None = None,
) -> ipywidgets.Widget:
    """A drill with buttons; `interview drill` is the same in a terminal.

    Args:
        numbers: the questions; all if none is named.
        new: how many new cards a day.
        minutes: no further card comes after so many minutes.
        level: only the cards of "screen", "onsite" or "staff".
        kind: only the cards of "follow-up", "trap", "bug hunt", "second round" or
            "term".
    """
    _, trouble = record_file.load()
    if trouble:
        print(trouble)
    return buttons.start(
        Drill(cards.read_all(numbers, level, kind), new=new, minutes=minutes)
    )
