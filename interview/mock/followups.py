"""Which cards an interviewer asks after an answer."""

from collections.abc import Iterable
from datetime import datetime

from interview import memory
from interview.cards import LEVELS, Card
from interview.record import Record

FOLLOW_UPS = 3


def choose(
    cards: Iterable[Card], level: str, record: Record, now: datetime
) -> list[Card]:
    """Three cards to ask after an answer, the least remembered first.

    Follow-ups of the level come first, then its traps and terms; where a level has too
    few, follow-ups of the levels beside it. Tasks have just been coded.
    """
    talked = [c for c in cards if c.kind in ("follow-up", "trap", "term")]
    known = memory.known(record, talked)
    wanted = LEVELS.index(level)

    def order(card: Card) -> tuple:
        away = abs(LEVELS.index(card.level) - wanted)
        # An interviewer asks on, at another level, before asking for a definition.
        rank = away if card.kind == "follow-up" else 0.5 if away == 0 else 3
        return rank, memory.recall(known.get(card.id), now)

    return sorted(talked, key=order)[:FOLLOW_UPS]
