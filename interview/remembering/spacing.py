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
    # Late: whoever only counts what is due has no need of it.
    import fsrs

    # Without fuzz, so that two runs agree; it spreads decks of thousands of cards.
    return fsrs.Scheduler(enable_fuzzing=False)


def review(memory: Memory | None, grade: int, now: datetime) -> Memory:
    """What is known of a card after it was graded, 1 (again) to 4 (easy).

    Args:
        memory: what was known; None of a new card.
        grade: how well it was remembered.
        now: when, with a time zone.
    """
    import fsrs

    # The clock of another machine may have been ahead of this one.
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
    )


def recall(memory: Memory | None, now: datetime) -> float:
    """How probable it is that a card is remembered; 0 of one never seen."""
    if memory is None:
        return 0.0
    return _scheduler().get_card_retrievability(_card(memory, now), now)


def known(record: Record, cards: Iterable[Card]) -> dict[str, Memory]:
    """What is known of these cards, by their ids; of a new one there's nothing."""
    found = {c.id: record.of(c.number).cards.get(c.key) for c in cards}
    return {name: memory for name, memory in found.items() if memory}


def due(memories: Iterable[Memory], now: datetime) -> int:
    """How many of these are due."""
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
