"""Which cards an interviewer asks after an answer."""

from collections.abc import Iterable
from datetime import datetime

from interview.practising.record import Record
from interview.remembering import spacing
from interview.remembering.cards import LEVELS, Card

FOLLOW_UPS = 3


def choose(
    cards: Iterable[Card], level: str, record: Record, now: datetime
) -> list[Card]:
    """Three follow-ups to ask, those of the level before those of the levels beside it.

    Of the same level the one that is least remembered comes first.
    """
    asked = [card for card in cards if card.kind == "follow-up"]
    known = spacing.known(record, asked)
    wanted = LEVELS.index(level)

    def order(card: Card) -> tuple[int, float]:
        away = abs(LEVELS.index(card.level) - wanted)
        return away, spacing.recall(known.get(card.id), now)

    return sorted(asked, key=order)[:FOLLOW_UPS]
