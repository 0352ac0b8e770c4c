"""When a card comes back, and how surely it's remembered: FSRS, by its own library."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from interview.practising.record_models import Memory, Record

if TYPE_CHECKING:
    import fsrs

    from interview.remembering.cards import Card


@functools.cache
def _scheduler() -> fsrs.Scheduler:
    # Imported here because counting due cards doesn't need it, and it takes a while.
    import fsrs

    # Fuzzing moves due dates at random, to spread decks of thousands of cards. Without
    # it, equal grades give equal dates.
    return fsrs.Scheduler(enable_fuzzing=False)


def review(
    memory: Memory | None, grade: int, now: datetime, seconds: float | None = None
) -> Memory:
    """The memory of a card after it was graded, 1 (again) to 4 (easy).

    Args:
        memory: the memory before; None for a new card.
        grade: how well the card was remembered.
        now: the time of the review, with a time zone.
        seconds: how long the review took, where that was measured.
    """
    import fsrs

    # The last review may have been recorded by a machine whose clock was ahead.
    now = max(now, memory.last_review) if memory else now
    card, _ = _scheduler().review_card(_card(memory, now), fsrs.Rating(grade), now)
    return Memory.model_construct(
        state=card.state.value,
        step=card.step,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due.replace(microsecond=0),
        last_review=now.replace(microsecond=0),
        first=memory.first if memory else now.replace(microsecond=0),
        grades=(memory.grades if memory else "") + str(grade),
        seconds=[
            *(memory.seconds if memory else []),
            *([] if seconds is None else [round(seconds, 1)]),
        ],
    )


def recall(memory: Memory | None, now: datetime) -> float:
    """The probability that a card is remembered; 0 for a card never seen."""
    if memory is None:
        return 0.0
    return _scheduler().get_card_retrievability(_card(memory, now), now)


def known(record: Record, cards: Iterable[Card]) -> dict[str, Memory]:
    """The memories of these cards, by card id; a new card has none."""
    found = {c.id: record.of(c.number).cards.get(c.key) for c in cards}
    return {name: memory for name, memory in found.items() if memory}


def due(memories: Iterable[Memory], now: datetime) -> int:
    """How many of these cards are due."""
    return sum(memory.due <= now for memory in memories)


def _card(memory: Memory | None, now: datetime) -> fsrs.Card:
    import fsrs

    if memory is None:
        return fsrs.Card(card_id=0, due=now)
    return fsrs.Card(
        card_id=0,
        state=fsrs.State(memory.state),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last_review,
    )
