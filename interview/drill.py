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

    Of all questions if none is named; with a level, as "staff", or a kind, as "trap",
    only the cards of these.
    """
    _, trouble = record_file.load()
    if trouble:
        print(trouble)
    return buttons.start(
        Drill(cards.read_all(numbers, level, kind), new=new, minutes=minutes)
    )
