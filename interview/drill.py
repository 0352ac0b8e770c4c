"""What the drill's notebook imports: `drill.start()` shows it, with buttons."""

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
) -> ipywidgets.Widget:
    """A drill with buttons, as `interview drill` is one in a terminal.

    Args:
        numbers: the questions; all if none is named.
        new: how many new cards a day.
        minutes: after how long no further card comes.
        level: only the cards of "screen", "onsite" or "staff".
    """
    _, trouble = record_file.load()
    if trouble:
        print(trouble)
    return buttons.start(
        Drill(cards.read_all(numbers, level), new=new, minutes=minutes)
    )
