"""The follow-ups that a mock asks about a question, and when each comes back."""

import functools
from datetime import datetime

from interview.practising.record_models import Memory, Record
from interview.remembering import cards, spacing
from interview.remembering.cards import LEVELS, Card

FOLLOW_UPS = 3


class FollowUps:
    """The follow-ups of one question, for `interview.practising.mock` to ask."""

    def __init__(self, number: int) -> None:
        """Name the question; its cards are read when the first one is needed."""
        self._number = number

    @functools.cached_property
    def cards(self) -> dict[str, Card]:
        """All follow-ups of the question, by the key of their card."""
        found = cards.read(self._number)
        return {card.key: card for card in found if card.kind == "follow-up"}

    def choose(self, level: str, record: Record, now: datetime) -> list[str]:
        """The keys of three follow-ups, those of this level first.

        Within a level the one that is remembered least comes first.
        """
        known = spacing.known(record, self.cards.values())
        wanted = LEVELS.index(level)

        def order(card: Card) -> tuple[int, float]:
            away = abs(LEVELS.index(card.level) - wanted)
            return away, spacing.recall(known.get(card.id), now)

        return [
            card.key for card in sorted(self.cards.values(), key=order)[:FOLLOW_UPS]
        ]

    def review(self, memory: Memory | None, grade: int, now: datetime) -> Memory:
        """The memory of a card after it was graded, 1 (again) to 4 (easy)."""
        return spacing.review(memory, grade, now)
